import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { animation, camera, compass, disc } from '../../../../conformance/objects/draw';
import { createHandler } from '../../../../lambda/origin-response/handler';
import { createSharpRenderer } from '../../../../lambda/origin-response/render/render';
import type { CroppingOptions, WatermarkOptions } from '../../../../lib/configuration/options';
import { temporaryFolder } from '../../../support/cleanup';
import { bodyOf, originResponseEvent, plainHeaders } from '../../../support/events';
import { functionSettings } from '../../../support/settings';

/** Magenta, which is in no picture of the tests. */
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path fill="#f0f" d="M0 0h20v10H0z"/></svg>';

async function watermarked(
  original: Buffer,
  mark: Partial<WatermarkOptions> = {},
  type: NonNullable<CroppingOptions['types']>[string] = {},
  svg: string | Buffer = SVG,
) {
  const file = join(await temporaryFolder(), 'logo');
  writeFileSync(file, svg);
  const watermark = { file, opacity: 1, size: 0.5, margin: 0, ...mark };
  const settings = functionSettings({
    originals: 'deny',
    types: { A: { w: 1, locked: true }, shop: { ...type, watermark } },
  });
  const handler = createHandler({
    settings,
    fetch: async () => ({ kind: 'bytes', bytes: original }),
    renderer: createSharpRenderer(settings.types),
    log: () => {},
  });
  const { w, h, format } = type;
  const said = Object.entries({ w, h, format }).filter(([, value]) => value !== undefined);
  const querystring = `t=shop&${said.map((pair) => `${pair.join('=')}&`).join('')}v=0123abcd`;
  const response = await handler(originResponseEvent({ querystring }), {
    getRemainingTimeInMillis: () => 30_000,
  });
  return { response, headers: plainHeaders(response), image: bodyOf(response) };
}

/** Colours of each frame in the middle of the mark's place and in the opposite corner. */
async function coloursOf(image: Buffer) {
  const { pageHeight, pages = 1 } = await sharp(image, { animated: true }).metadata();
  const { data, info } = await sharp(image, { animated: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const height = pageHeight ?? info.height;
  const at = (x: number, y: number) => [
    ...data.subarray(4 * (y * info.width + x), 4 * (y * info.width + x) + 4),
  ];
  return Array.from({ length: pages }, (_, frame) => ({
    marked: at(info.width - 3, frame * height + height - 3),
    other: at(2, frame * height + 2),
  }));
}

const MAGENTA = [255, 0, 255, 255];
const isMagenta = (colour: readonly number[]) =>
  colour.every((value, i) => Math.abs(value - (MAGENTA[i] ?? 0)) < 40);
const grey = (space: 'b-w' | 'grey16') =>
  sharp(Buffer.alloc(1600, 120), { raw: { width: 40, height: 40, channels: 1 } })
    .toColourspace(space)
    .png()
    .toBuffer();

test.each<[string, () => Promise<Buffer>, 'jpeg' | 'png' | 'webp' | 'avif' | undefined]>([
  ['a PNG', () => compass(80, 60).png().toBuffer(), undefined],
  ['a PNG as JPEG', () => compass(80, 60).png().toBuffer(), 'jpeg'],
  ['a PNG as AVIF', () => compass(80, 60).png().toBuffer(), 'avif'],
  ['a camera on its side', () => camera(80, 60), undefined],
  ['grey', () => grey('b-w'), undefined],
  ['grey in 16 bits', () => grey('grey16'), undefined],
  ['CMYK', () => compass(80, 60).toColourspace('cmyk').jpeg().toBuffer(), undefined],
  ['an animation', () => animation(40, ['red', 'lime', 'blue']), undefined],
  ['an animation as WebP', () => animation(40, ['red', 'lime', 'blue']), 'webp'],
  ['with clear pixels', () => disc(60), undefined],
])('is on every frame of %s', async (_name, original, format) => {
  const { image, headers } = await watermarked(await original(), {}, { ...(format && { format }) });
  expect(headers['crop-status']).toMatch(/^rendered;/);
  for (const { marked, other } of await coloursOf(image)) {
    expect([marked, isMagenta(marked)]).toEqual([marked, true]);
    expect([other, isMagenta(other)]).toEqual([other, false]);
  }
});

test('leaves an opaque picture opaque and a clear one clear', async () => {
  const opaque = await watermarked(await compass(80, 60).png().toBuffer());
  expect((await sharp(opaque.image).metadata()).hasAlpha).toBe(false);
  const clear = await watermarked(await disc(60));
  expect((await coloursOf(clear.image))[0]?.other[3]).toBe(0);
});

test('is as opaque as it is told, from a PNG as from an SVG', async () => {
  const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#f0f' } })
    .png()
    .toBuffer();
  const white = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  for (const file of [SVG, png]) {
    const { image } = await watermarked(white, { opacity: 0.5 }, {}, file);
    const [red, green = 0, ...rest] = (await coloursOf(image))[0]?.marked ?? [];
    expect([red, ...rest]).toEqual([255, 255, 255]);
    expect(Math.abs(green - 127)).toBeLessThan(2);
  }
});

test('is on a picture of which nothing else changes', async () => {
  const original = await compass(64, 64).jpeg({ quality: 20, mozjpeg: true }).toBuffer();
  const { headers, image } = await watermarked(original);
  expect(headers['crop-status']).toMatch(/^rendered;size=64x64;/);
  expect((await coloursOf(image))[0]?.marked.slice(1, 2)).not.toEqual([210]);
});

test('where it cannot be drawn, the picture does not come without it', async () => {
  const { response, headers } = await watermarked(
    await compass(80, 60).png().toBuffer(),
    {},
    {},
    `${'<svg viewBox="0 0 2 1"><g'.padEnd(60, ' ')}>`,
  );
  expect(Number(response.status)).toBeGreaterThanOrEqual(415);
  expect(headers['crop-status']).toMatch(/^error;reason=/);
});

test('an SVG as an original stays unopened', async () => {
  const { response } = await watermarked(Buffer.from(SVG));
  expect(response).toMatchObject({ status: '415', body: expect.stringMatching(/^not-cropped: /) });
});
