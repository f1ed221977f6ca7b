import fc from 'fast-check';
import sharp from 'sharp';
import { compareWith, type Luma } from '../../../../bench/ssim';
import { avifQuality, webpQuality } from '../../../../lambda/origin-response/plan/quality-scale';
import { encode } from '../../../../lambda/origin-response/render/render';
import { encodingOf } from '../../../support/source-images';

const QUALITY = fc.integer({ min: 1, max: 100 });

describe.each([
  ['webp', webpQuality],
  ['avif', avifQuality],
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
  ['webp', webpQuality, { 30: 29, 80: 84 }],
  ['avif', avifQuality, { 30: 35, 80: 62 }],
] as const)('%s meets the measured rows', (_format, scale, rows) => {
  for (const [quality, own] of Object.entries(rows)) {
    expect({ quality, own: scale(Number(quality)) }).toEqual({ quality, own });
  }
});

describe('a drawn picture at quality 80', () => {
  const [width, height] = [320, 240];
  test.each(['webp', 'avif'] as const)('looks as good in %s as in JPEG', async (format) => {
    const pixels = draw(width, height);
    const compare = compareWith(grey(pixels, width, height));
    const ssim = async (as: 'jpeg' | 'webp' | 'avif') => {
      const image = sharp(pixels, { raw: { width, height, channels: 3 } });
      const encoded = await encode(image, encodingOf(as, 80, { width, height })).toBuffer();
      return compare(grey(await sharp(encoded).raw().toBuffer(), width, height));
    };
    expect(Math.abs((await ssim(format)) - (await ssim('jpeg')))).toBeLessThan(0.02);
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
