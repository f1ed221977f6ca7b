import fc from 'fast-check';
import sharp from 'sharp';
import { compareWith, type Luma } from '../../../../bench/ssim';
import { avifQuality, jpegQuality, webpQuality } from '../../../../lambda/origin-response/plan/quality-scale';
import { encode } from '../../../../lambda/origin-response/render/encode';
import { encodingOf } from '../../../support/source-images';

const [SMALL, LARGE] = [400 * 300, 1200 * 900];
const QUALITY = fc.integer({ min: 1, max: 100 });

describe.each([
  ['jpeg with trellis quantisation', (asked: number) => jpegQuality(asked, true)],
  ['jpeg without', (asked: number) => jpegQuality(asked, false)],
  ['small webp', (asked: number) => webpQuality(asked, SMALL)],
  ['large webp', (asked: number) => webpQuality(asked, LARGE)],
  ['small avif', (asked: number) => avifQuality(asked, SMALL)],
  ['large avif', (asked: number) => avifQuality(asked, LARGE)],
] as const)('the scale of %s', (_format, scale) => {
  test('gives whole numbers from 1 to 100', () => {
    fc.assert(
      fc.property(QUALITY, (quality) => {
        const own = scale(quality);
        expect(Number.isInteger(own) && own >= 1 && own <= 100).toBe(true);
      }),
    );
  });

  test('never falls as quality rises', () => {
    fc.assert(
      fc.property(QUALITY, QUALITY, (a, b) => {
        expect(scale(Math.min(a, b))).toBeLessThanOrEqual(scale(Math.max(a, b)));
      }),
    );
  });

  test('uses all of its range', () => {
    expect(scale(1)).toBe(1);
    expect(scale(100)).toBeGreaterThanOrEqual(98);
  });
});

test.each([
  ['webp', webpQuality, SMALL, { 30: 33, 50: 61, 75: 81, 90: 92 }],
  ['webp', webpQuality, LARGE, { 30: 24, 50: 59, 75: 84, 90: 95 }],
  ['avif', avifQuality, SMALL, { 30: 32, 50: 44, 75: 58, 90: 76 }],
  ['avif', avifQuality, LARGE, { 30: 24, 50: 40, 75: 58, 90: 82 }],
] as const)('%s of %i pixels meets the measured rows', (_format, scale, pixels, rows) => {
  for (const [quality, own] of Object.entries(rows)) {
    expect({ quality, own: scale(Number(quality), pixels) }).toEqual({ quality, own });
  }
});

test.each([
  [1, 81],
  [SMALL, 81],
  [800 * 600, 83],
  [LARGE, 84],
  [4096 * 4096, 84],
])('a WebP of %i pixels at 75 is between the two sizes', (pixels, own) => {
  expect(webpQuality(75, pixels)).toBe(own);
});

describe.each([40, 75, 90])('a drawn picture at quality %i', (quality) => {
  const [width, height] = [320, 240];
  const pixels = draw(width, height);
  const compare = compareWith(grey(pixels, width, height));
  const ssimOf = async (encoded: Buffer) =>
    compare(grey(await sharp(encoded).raw().toBuffer(), width, height));
  const picture = () => sharp(pixels, { raw: { width, height, channels: 3 } });

  test.each([
    ['jpeg', 'balanced'],
    ['jpeg', 'fast'],
    ['webp', 'balanced'],
    ['avif', 'balanced'],
  ] as const)('looks as good in %s, %s, as in a plain JPEG', async (format, effort) => {
    const plain = await ssimOf(await picture().jpeg({ quality }).toBuffer());
    const encoding = encodingOf(format, quality, { width, height }, undefined, { effort });
    expect(Math.abs((await ssimOf(await encode(picture(), encoding))) - plain)).toBeLessThan(0.02);
  });

  /** What photos are made of: a sky, leaves, edges and a little grain. */
  function draw(width: number, height: number): Buffer {
    const pixels = Buffer.alloc(width * height * 3);
    let state = 1;
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [i % width, Math.floor(i / width)];
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const grain = (state >>> 24) / 32 - 4;
      const leaves = y > height / 2 ? 40 * Math.sin(x / 3 + Math.sin(y / 5)) * Math.cos(y / 4) : 0;
      const disc = (x - 90) ** 2 + (y - 100) ** 2 < 60 ** 2 ? 70 : 0;
      const light = 90 + (60 * y) / height + leaves + disc + grain;
      pixels.set([light, light * 0.9 + 10, light * 0.7 + 30].map(Math.round), i * 3);
    }
    return pixels;
  }

  function grey(rgb: Buffer, width: number, height: number): Luma {
    const pixels = new Uint8Array(width * height);
    for (let i = 0; i < pixels.length; i++) {
      pixels[i] = (77 * rgb[3 * i]! + 150 * rgb[3 * i + 1]! + 29 * rgb[3 * i + 2]! + 128) >> 8;
    }
    return { width, height, pixels };
  }
});
