import fc from 'fast-check';
import type { Effort } from '../../../../lambda/contract/settings';
import { encodeMilliseconds } from '../../../../lambda/origin-response/plan/encode-cost';
import { cheaperEncoding } from '../../../../lambda/origin-response/plan/encoding';
import type { Encoding, OutputFormat } from '../../../../lambda/origin-response/plan/encoding-types';
import { jpegQuality } from '../../../../lambda/origin-response/plan/quality-scale';
import { PHOTO_TRAITS } from '../../../../lambda/origin-response/plan/traits';
import { ANIMATION, CHART, encodingOf, PHOTO } from '../../../support/source-images';

const SMALL = { width: 400, height: 300 };
const MEDIUM = { width: 1200, height: 800 };
const FULL_HD = { width: 1920, height: 1080 };
const QHD = { width: 2560, height: 1600 };
const LARGEST = { width: 4096, height: 4096 };

const JPEG = {
  format: 'jpeg',
  quality: jpegQuality(75, true),
  chromaSubsampling: '4:2:0',
  quantisationTable: 3,
  trellisQuantisation: true,
  overshootDeringing: true,
  optimiseScans: false,
} as const;
const TABLE_3 = {
  ...JPEG,
  quality: jpegQuality(75, false),
  trellisQuantisation: false,
  overshootDeringing: false,
} as const;
const AVIF = { format: 'avif', quality: 58, chromaSubsampling: '4:2:0' } as const;
const TRUE_COLOUR = { format: 'png', palette: false, filters: 'adaptive' } as const;
const PALETTE = { format: 'png', palette: true, colours: 256, dither: 0, effort: 4 } as const;
const WEBP = { format: 'webp', quality: 81, smartSubsample: false } as const;
/** From a megapixel on. */
const LARGE_WEBP = { ...WEBP, quality: 84 } as const;
const GIF = { format: 'gif', reuse: false, dither: 0 } as const;
const FRAME = { width: 800, height: 600 };

const FINE = { ...PHOTO_TRAITS, hasFineColour: true };
const FLAT = { ...PHOTO_TRAITS, isFlat: true };

test.each([
  ['a small JPEG', 'jpeg', 75, SMALL, PHOTO, JPEG],
  ['a JPEG of 1 MP', 'jpeg', 75, { width: 1200, height: 1000 }, PHOTO, JPEG],
  ['a JPEG of more', 'jpeg', 75, { width: 1200, height: 1001 }, PHOTO, TABLE_3],
  ['a JPEG of 2 MP, best quality', 'jpeg', 100, FULL_HD, PHOTO, { ...TABLE_3, quality: 100 }],
  ['a JPEG of 16 MP', 'jpeg', 75, LARGEST, PHOTO, TABLE_3],
  ['a small WebP', 'webp', 75, SMALL, PHOTO, { ...WEBP, effort: 4 }],
  ['a WebP of 2 MP', 'webp', 75, FULL_HD, PHOTO, { ...LARGE_WEBP, effort: 4 }],
  ['a WebP of 16 MP', 'webp', 75, LARGEST, PHOTO, { ...LARGE_WEBP, effort: 2 }],
  ['an animated WebP, 10 MP', 'webp', 75, FRAME, ANIMATION, { ...WEBP, quality: 83, effort: 2 }],
  ['a small AVIF', 'avif', 75, SMALL, PHOTO, { ...AVIF, effort: 3 }],
  ['an AVIF of 1 MP', 'avif', 75, MEDIUM, PHOTO, { ...AVIF, effort: 3 }],
  ['an AVIF of 2 MP', 'avif', 75, FULL_HD, PHOTO, { ...AVIF, effort: 3 }],
  ['an AVIF of 4 MP', 'avif', 75, QHD, PHOTO, { ...AVIF, effort: 1 }],
  ['an AVIF of 16 MP', 'avif', 75, LARGEST, PHOTO, { ...AVIF, effort: 0 }],
  ['a PNG', 'png', 75, SMALL, PHOTO, { ...TRUE_COLOUR, compressionLevel: 6 }],
  ['a PNG of a chart', 'png', 75, SMALL, CHART, PALETTE],
  ['a PNG of a chart, 2 MP', 'png', 75, FULL_HD, CHART, PALETTE],
  ['a PNG of a chart, 16 MP', 'png', 75, LARGEST, CHART, { ...TRUE_COLOUR, compressionLevel: 3 }],
  ['a small GIF', 'gif', 75, SMALL, { ...ANIMATION, frames: 1 }, { ...GIF, effort: 4 }],
  ['an animated GIF, 2 MP', 'gif', 75, SMALL, ANIMATION, { ...GIF, effort: 4 }],
  ['an animated GIF, 10 MP', 'gif', 75, FRAME, ANIMATION, { ...GIF, effort: 1 }],
] as const)('%s', (_name, format, quality, size, source, expected) => {
  expect(encodingOf(format, quality, size, source)).toEqual(expected);
});

test.each([
  ['a JPEG of fine colours', 'jpeg', FINE, { ...JPEG, chromaSubsampling: '4:4:4' }],
  ['a WebP of fine colours', 'webp', FINE, { ...WEBP, effort: 4, smartSubsample: true }],
  ['an AVIF of fine colours', 'avif', FINE, { ...AVIF, effort: 3, chromaSubsampling: '4:4:4' }],
  ['a PNG of few colours', 'png', { ...FLAT, colours: 7 }, { ...PALETTE, colours: 7 }],
  ['a PNG of a drawing', 'png', FLAT, { ...TRUE_COLOUR, filters: 'smaller', compressionLevel: 6 }],
] as const)('%s', (_name, format, traits, expected) => {
  expect(encodingOf(format, 75, SMALL, PHOTO, { traits })).toEqual(expected);
});

test.each([
  ['jpeg', SMALL, TABLE_3, { ...JPEG, optimiseScans: true }],
  ['webp', SMALL, { ...WEBP, effort: 4 }, { ...WEBP, effort: 6 }],
  ['avif', SMALL, { ...AVIF, effort: 1 }, { ...AVIF, effort: 4 }],
  // Effort 4 does not fit the budget here.
  ['avif', FULL_HD, { ...AVIF, effort: 1 }, { ...AVIF, effort: 3 }],
] as const)('the effort for %s of %o: fast and small', (format, size, fast, small) => {
  expect(encodingOf(format, 75, size, PHOTO, { effort: 'fast' })).toEqual(fast);
  expect(encodingOf(format, 75, size, PHOTO, { effort: 'small' })).toEqual(small);
});

test('the colours of an AVIF are whole from quality 90 on', () => {
  expect(encodingOf('avif', 89, SMALL, PHOTO)).toMatchObject({ chromaSubsampling: '4:2:0' });
  expect(encodingOf('avif', 90, SMALL, PHOTO)).toMatchObject({ chromaSubsampling: '4:4:4' });
});

const SIDE = fc.integer({ min: 1, max: 4096 });
const FORMAT = fc.constantFrom<OutputFormat>('jpeg', 'webp', 'avif', 'png', 'gif');
const ASKED = fc.record({
  format: FORMAT,
  quality: fc.integer({ min: 1, max: 100 }),
  size: fc.record({ width: SIDE, height: SIDE }),
  source: fc.constantFrom(PHOTO, CHART),
  choice: fc.record({
    traits: fc.constantFrom(PHOTO_TRAITS, FINE, FLAT, { ...FLAT, colours: 9 }),
    effort: fc.constantFrom<Effort>('fast', 'balanced', 'small'),
  }),
});

/** All that can be stepped down to, the encoding itself first. */
function ladder(encoding: Encoding): readonly Encoding[] {
  const next = cheaperEncoding(encoding);
  return next === undefined ? [encoding] : [encoding, ...ladder(next)];
}

test('no accepted still takes 10 s to encode, a JPEG, WebP or AVIF of 2 MP no more than 3, margin included', () => {
  fc.assert(
    fc.property(ASKED, ({ format, quality, size, source, choice }) => {
      const pixels = size.width * size.height;
      const milliseconds = encodeMilliseconds(encodingOf(format, quality, size, source, choice), pixels);
      expect(milliseconds).toBeLessThan(10_000);
      if (pixels <= 2_100_000 && format !== 'png' && format !== 'gif') {
        expect(milliseconds).toBeLessThanOrEqual(3000);
      }
    }),
  );
});

test('each step down costs less, keeps the format, and the ladder ends', () => {
  fc.assert(
    fc.property(ASKED, ({ format, quality, source, choice }) => {
      const rungs = ladder(encodingOf(format, quality, { width: 1, height: 1 }, source, choice));
      const costs = rungs.map((rung) => encodeMilliseconds(rung, 1_000_000));
      expect(costs).toEqual([...costs].sort((a, b) => b - a));
      expect(new Set(costs).size).toBe(rungs.length);
      expect(Math.min(...costs)).toBeGreaterThan(0);
      expect(new Set(rungs.map((rung) => rung.format)).size).toBe(1);
    }),
  );
});

test('the ladder of AVIF gives up effort first, and colour last', () => {
  const encoding = { format: 'avif', quality: 75, effort: 2, chromaSubsampling: '4:4:4' } as const;
  expect(ladder(encoding)).toEqual([
    encoding,
    { ...encoding, effort: 1 },
    { ...encoding, effort: 0 },
    { ...encoding, effort: 0, chromaSubsampling: '4:2:0' },
  ]);
});

test('cost follows the pixels', () => {
  const encoding = encodingOf('jpeg', 80, SMALL, PHOTO);
  expect(encodeMilliseconds(encoding, 2_000_000)).toBe(2 * encodeMilliseconds(encoding, 1_000_000));
  expect(encodeMilliseconds(encoding, 0)).toBe(0);
});
