/**
 * Which quality of each encoder looks like which quality of a plain JPEG: rows of
 * lambda/origin-response/plan/quality-scale.ts, by the mean SSIMULACRA2 of photos. With `--only check`: what the rows that are
 * there give.
 *
 *     npm run bench:quality -- --images DIR/photo [--pictures 6] [--only check]
 */
import { bestEncoding } from '../lambda/origin-response/plan/encoding';
import type { Encoding, EncodingRequest } from '../lambda/origin-response/plan/encoding-types';
import { PHOTO_TRAITS } from '../lambda/origin-response/plan/traits';
import { encode } from '../lambda/origin-response/render/encode';
import { loadCorpus, type Options, open, type Picture, prepare } from './corpus';
import { table } from './cpu';
import { createLooks } from './looks';

const SIZES = [
  [400, 300],
  [1200, 900],
] as const;

const PLAIN_QUALITIES = [30, 40, 50, 65, 75, 80, 85, 90, 95];

/** Between qualities this far apart the mean is a line. */
const GRID = 5;

type Lossy = Extract<Encoding, { readonly quality: number }>;

/** The columns of the scale. */
const COLUMNS: readonly Pick<EncodingRequest, 'format' | 'effort'>[] = [
  { format: 'jpeg', effort: 'balanced' },
  { format: 'jpeg', effort: 'fast' },
  { format: 'webp', effort: 'balanced' },
  { format: 'avif', effort: 'balanced' },
];

/** How many programs compare at a time. */
const LANES = 2;

type Bytes = (picture: Picture) => Promise<Buffer>;

async function main(options: Options): Promise<void> {
  await (options.only === 'check' ? check(options) : fit(options));
}

/** What the scale that is in force gives: means, and the furthest that a single picture is from its plain JPEG. */
async function check(options: Options): Promise<void> {
  const points = await createLooks(['ssimulacra2']);
  const rows: string[][] = [];
  for (const [width, height] of SIZES) {
    const pictures = await loadCorpus(options, width, height);
    const score = (bytes: Bytes) =>
      compared(pictures, async (picture) => (await points(picture, await bytes(picture))).ssimulacra2);
    for (const quality of PLAIN_QUALITIES) {
      const plain = await score((picture) => open(picture).jpeg({ quality }).toBuffer());
      const row = [`${width}×${height}`, String(quality), mean(plain).toFixed(1)];
      for (const column of COLUMNS) {
        const scores = await score((picture) => encode(open(picture), encodingFor(column, quality, picture)));
        row.push(`${mean(scores).toFixed(1)} ${spread(scores, plain)}`);
      }
      rows.push(row);
      console.error(...row);
    }
  }
  console.log(table(['size', 'quality', 'plain JPEG', 'JPEG, trellis', 'JPEG, fast', 'WebP', 'AVIF'], rows));
}

/** Searches the qualities that the scale should have. */
async function fit(options: Options): Promise<void> {
  const points = await createLooks(['ssimulacra2']);
  const guard = await createLooks(['butteraugli']);
  for (const [width, height] of SIZES) {
    const pictures = await loadCorpus(options, width, height);
    const score = (bytes: Bytes) =>
      compared(pictures, async (picture) => (await points(picture, await bytes(picture))).ssimulacra2);
    const distance = async (bytes: Bytes) =>
      mean(
        await compared(pictures, async (picture) => (await guard(picture, await bytes(picture))).butteraugli),
      );
    console.log(
      `// ${pictures.length} pictures, ${width}×${height}: plain, own qualities; SSIMULACRA2 [spread] / butteraugli`,
    );
    for (const quality of PLAIN_QUALITIES) {
      const asPlain: Bytes = (picture) => open(picture).jpeg({ quality }).toBuffer();
      const plain = await score(asPlain);
      const own: number[] = [];
      const found: string[] = [];
      for (const column of COLUMNS) {
        const as =
          (value: number): Bytes =>
          (picture) =>
            encode(open(picture), settingOf(column, value, picture));
        const value = await search((candidate) => score(as(candidate)), mean(plain));
        const nearest = as(Math.round(value));
        const scores = await score(nearest);
        own.push(Math.round(value * 10) / 10);
        found.push(
          `${mean(scores).toFixed(1)} ${spread(scores, plain)} / ${(await distance(nearest)).toFixed(2)}`,
        );
      }
      const head = `${mean(plain).toFixed(1)} / ${(await distance(asPlain)).toFixed(2)}`;
      console.log(`  [${[quality, ...own].join(', ')}], // ${head}; ${found.join('; ')}`);
    }
  }
}

/** A score of each picture, {@link LANES} at a time. */
async function compared(
  pictures: readonly Picture[],
  score: (picture: Picture) => Promise<number>,
): Promise<readonly number[]> {
  const scores: number[] = [];
  const waiting = [...pictures.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      scores[next[0]] = await score(next[1]);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return scores;
}

function settingOf(column: (typeof COLUMNS)[number], quality: number, picture: Picture): Lossy {
  return { ...encodingFor(column, 75, picture), quality } as Lossy;
}

function encodingFor({ format, effort }: (typeof COLUMNS)[number], quality: number, picture: Picture) {
  const request = { format, effort, quality, isPalette: false, frames: 1, traits: PHOTO_TRAITS };
  return bestEncoding(request, picture.width * picture.height);
}

/** The quality whose mean is the target, by halving a grid and a line between its points. */
async function search(score: (own: number) => Promise<readonly number[]>, target: number): Promise<number> {
  let [low, high] = [0, 100 / GRID];
  const own = (step: number) => Math.max(1, step * GRID);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (mean(await score(own(middle))) < target) low = middle;
    else high = middle;
  }
  const [from, to] = [mean(await score(own(low))), mean(await score(own(high)))];
  return own(low) + Math.min(1, Math.max(0, (target - from) / (to - from))) * (own(high) - own(low));
}

function mean(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** The furthest that a single picture is from its plain JPEG, down and up. */
function spread(scores: readonly number[], plain: readonly number[]): string {
  const differences = scores.map((score, i) => score - (plain[i] ?? 0));
  return `[${Math.min(...differences).toFixed(1)}…${Math.max(...differences).toFixed(1)}]`;
}

void main(prepare());
