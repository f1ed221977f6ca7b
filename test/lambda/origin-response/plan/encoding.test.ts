import fc from 'fast-check';
import { encodeMilliseconds } from '../../../../lambda/origin-response/plan/encode-cost';
import { cheaperEncoding } from '../../../../lambda/origin-response/plan/encoding';
import type { Encoding, OutputFormat } from '../../../../lambda/origin-response/plan/encoding-types';
import { ANIMATION, CHART, encodingOf, PHOTO } from '../../../support/source-images';

const SMALL = { width: 400, height: 300 };
const MEDIUM = { width: 1200, height: 800 };
const FULL_HD = { width: 1920, height: 1080 };
const QHD = { width: 2560, height: 1600 };
const LARGEST = { width: 4096, height: 4096 };

const JPEG = { format: 'jpeg', quality: 80, chromaSubsampling: '4:2:0' } as const;
const AVIF = { format: 'avif', quality: 62, chromaSubsampling: '4:2:0' } as const;
const TRUE_COLOUR = { format: 'png', palette: false, adaptiveFiltering: true } as const;
const PALETTE = { format: 'png', palette: true, dither: 0, effort: 4 } as const;

const WEBP = { format: 'webp', quality: 84 } as const;
const GIF = { format: 'gif', reuse: false, dither: 0 } as const;
const FRAME = { width: 800, height: 600 };

test.each([
  ['a small JPEG', 'jpeg', 80, SMALL, PHOTO, JPEG],
  ['a JPEG of 2 MP', 'jpeg', 80, FULL_HD, PHOTO, JPEG],
  ['a JPEG of 2 MP, best quality', 'jpeg', 100, FULL_HD, PHOTO, { ...JPEG, quality: 100 }],
  ['a JPEG of 16 MP', 'jpeg', 80, LARGEST, PHOTO, JPEG],
  ['a JPEG of a chart', 'jpeg', 80, SMALL, CHART, { ...JPEG, chromaSubsampling: '4:4:4' }],
  ['a small WebP', 'webp', 80, SMALL, PHOTO, { ...WEBP, effort: 4 }],
  ['a WebP of 2 MP', 'webp', 80, FULL_HD, PHOTO, { ...WEBP, effort: 4 }],
  ['a WebP of 16 MP', 'webp', 80, LARGEST, PHOTO, { ...WEBP, effort: 2 }],
  ['an animated WebP, 10 MP', 'webp', 80, FRAME, ANIMATION, { ...WEBP, effort: 2 }],
  ['a small AVIF', 'avif', 80, SMALL, PHOTO, { ...AVIF, effort: 3 }],
  ['an AVIF of 1 MP', 'avif', 80, MEDIUM, PHOTO, { ...AVIF, effort: 3 }],
  ['an AVIF of 2 MP', 'avif', 80, FULL_HD, PHOTO, { ...AVIF, effort: 3 }],
  ['an AVIF of 4 MP', 'avif', 80, QHD, PHOTO, { ...AVIF, effort: 1 }],
  ['an AVIF of 16 MP', 'avif', 80, LARGEST, PHOTO, { ...AVIF, effort: 0 }],
  ['an AVIF of a chart', 'avif', 80, SMALL, CHART, { ...AVIF, effort: 3, chromaSubsampling: '4:4:4' }],
  ['an AVIF of a chart, 16 MP', 'avif', 100, LARGEST, CHART, { ...AVIF, quality: 99, effort: 0 }],
  ['a PNG', 'png', 80, SMALL, PHOTO, { ...TRUE_COLOUR, compressionLevel: 6 }],
  ['a PNG of a chart', 'png', 80, SMALL, CHART, PALETTE],
  ['a PNG of a chart, 2 MP', 'png', 80, FULL_HD, CHART, PALETTE],
  ['a PNG of a chart, 16 MP', 'png', 80, LARGEST, CHART, { ...TRUE_COLOUR, compressionLevel: 3 }],
  ['a small GIF', 'gif', 80, SMALL, { ...ANIMATION, frames: 1 }, { ...GIF, effort: 4 }],
  ['an animated GIF, 2 MP', 'gif', 80, SMALL, ANIMATION, { ...GIF, effort: 4 }],
  ['an animated GIF, 10 MP', 'gif', 80, FRAME, ANIMATION, { ...GIF, effort: 1 }],
] as const)('%s', (_name, format, quality, size, source, expected) => {
  expect(encodingOf(format, quality, size, source)).toEqual(expected);
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
});

/** All that can be stepped down to, the encoding itself first. */
function ladder(encoding: Encoding): readonly Encoding[] {
  const next = cheaperEncoding(encoding);
  return next === undefined ? [encoding] : [encoding, ...ladder(next)];
}

test('no accepted still takes 10 s to encode, a JPEG, WebP or AVIF of 2 MP no more than 3, margin included', () => {
  fc.assert(
    fc.property(ASKED, ({ format, quality, size, source }) => {
      const pixels = size.width * size.height;
      const milliseconds = encodeMilliseconds(encodingOf(format, quality, size, source), pixels);
      expect(milliseconds).toBeLessThan(10_000);
      if (pixels <= 2_100_000 && format !== 'png' && format !== 'gif') {
        expect(milliseconds).toBeLessThanOrEqual(3000);
      }
    }),
  );
});

test('each step down costs less, keeps the format, and the ladder ends', () => {
  fc.assert(
    fc.property(ASKED, ({ format, quality, source }) => {
      const rungs = ladder(encodingOf(format, quality, { width: 1, height: 1 }, source));
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
