import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../lambda/contract/parse';
import { readQuery } from '../lambda/contract/query';
import { resolve } from '../lambda/contract/resolve';
import { crop } from '../lambda/origin-response/crop';
import { createSharpRenderer } from '../lambda/origin-response/render/render';
import { readCroppingOptions } from '../lib/configuration/cropping-options';
import { EXAMPLES, type Example, fileOf } from './gallery-table';

const SETTINGS = readCroppingOptions({ onFailure: 'error', originals: 'deny' });

/** Draws every picture of the gallery as the function draws it, into a folder that is emptied first. */
export async function drawGallery(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const example of EXAMPLES) writeFileSync(join(folder, fileOf(example)), await draw(example));
}

/** @throws Error where the example gives no picture */
async function draw({ sample, query }: Example): Promise<Buffer> {
  const bytes = readFileSync(join(__dirname, '../samples/images', sample));
  const parsed = parse(readQuery(`t=A&${query}&format=webp&quality=60`), SETTINGS.types, false);
  if (parsed.kind !== 'crop') throw new Error(`docs/gallery-table.ts: got ${query}, allowed: a crop`);
  const outcome = await crop(
    {
      settings: { ...SETTINGS, v: '', typeVersions: {}, deployment: '' },
      fetch: async () => ({ kind: 'bytes', bytes }),
      renderer: createSharpRenderer(),
      log: () => {},
    },
    {
      params: resolve(parsed.request, SETTINGS),
      location: { bucket: '', region: '', key: sample },
      headers: {},
      deadline: { remaining: () => 20_000 },
      bodyLimit: undefined,
    },
  );
  if (outcome.kind !== 'rendered')
    throw new Error(`${sample}?${query}: got ${outcome.kind}, allowed: rendered`);
  return outcome.image.bytes;
}
