import { finishMilliseconds } from '../../../../lambda/origin-response/plan/finish-cost';

const MEGAPIXEL = { width: 1000, height: 1000 };
const plain = {
  isSharpened: false,
  frames: 1,
  scaled: MEGAPIXEL,
  window: { left: 0, top: 0, ...MEGAPIXEL },
  blur: undefined,
  canvas: undefined,
  watermark: undefined,
};
const watermark = {
  type: 'shop',
  isOpaque: true,
  width: 200,
  height: 100,
  size: 1,
  margin: 0,
  position: 'center',
  opacity: 1,
} as const;

test('what is only scaled takes no more time', () => {
  expect(finishMilliseconds(plain)).toBe(0);
});

test.each([
  ['a blur of 10 pixels', { blur: 10 }, 24],
  ['sharpening', { isSharpened: true }, 130],
  // Half a megapixel of it is scaled.
  ['a watermark', { watermark }, 24 + 40],
  ['a watermark on ten frames, scaled once', { watermark, frames: 10 }, 240 + 40],
])('a megapixel with %s', (_, added, milliseconds) => {
  expect(finishMilliseconds({ ...plain, ...added })).toBeCloseTo(milliseconds, 6);
});
