import fc from 'fast-check';
import { PHOTO_TRAITS, traitsOf } from '../../../../lambda/origin-response/plan/traits';

type Colour = readonly number[];

const RED = [230, 0, 18];
const BLUE = [0, 40, 200];
const GREY = [90, 90, 90];

function draw(width: number, height: number, colour: (x: number, y: number) => Colour) {
  const colours = Array.from({ length: width * height }, (_, i) => colour(i % width, Math.floor(i / width)));
  return { data: Buffer.from(colours.flat()), width, height, channels: colours[0]?.length ?? 0 };
}

const stripes = draw(64, 48, (x) => (x % 3 === 0 ? RED : BLUE));
const sky = draw(64, 48, (x, y) => [100 + y, 120 + y, 200 + (x >> 2)]);
const lightness = draw(64, 48, (x, y) => ((x + y) % 2 === 0 ? GREY : [250, 250, 250]));

test.each([
  ['stripes of two colours', stripes, true],
  ['a sky', sky, false],
  ['changes of lightness alone', lightness, false],
  ['grey', { ...lightness, data: lightness.data.subarray(0, 64 * 48), channels: 1 }, false],
  ['one pixel', draw(1, 1, () => RED), false],
])('%s: fine colours', (_name, pixels, hasFineColour) => {
  for (const format of ['jpeg', 'webp', 'avif'] as const) {
    expect(traitsOf(pixels, format)).toEqual({ ...PHOTO_TRAITS, hasFineColour });
  }
});

/** Fine colour in one row or column of blocks of `every`, on white. */
function lines(axis: 'x' | 'y', every: number, shift: number) {
  const [width, height, channels] = [1200, 900, 3];
  const data = Buffer.alloc(width * height * channels, 255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    if ((axis === 'x' ? x >> 1 : y >> 1) % every !== shift) continue;
    data.set(x % 2 === 0 ? RED : BLUE, pixel * channels);
  }
  return { data, width, height, channels };
}

// A sample by whole rows or columns would meet all of such lines, or none.
test.each([
  ['x', 6, 0],
  ['x', 6, 3],
  ['y', 6, 0],
  ['y', 6, 3],
  ['x', 27, 13],
  ['y', 27, 13],
] as const)('thin lines along %s, one in %i, offset %i, are met', (axis, every, shift) => {
  expect(traitsOf(lines(axis, every, shift), 'webp').hasFineColour).toBe(true);
  expect(traitsOf(lines(axis, 100, shift), 'webp').hasFineColour).toBe(false);
});

const ramp = (colours: number, alpha: boolean) =>
  draw(257, 2, (x, y) => {
    const i = Math.min(x + y, colours - 1);
    return alpha ? [10, 20, 30, i % 256].concat() : [i % 256, i >> 8, 7];
  });

test.each([
  ['3', ramp(3, false), 3],
  ['256', ramp(256, false), 256],
  ['257', ramp(257, false), undefined],
  ['200 in alpha alone', ramp(200, true), 200],
])('%s colours of a PNG are counted', (_name, pixels, colours) => {
  expect(traitsOf(pixels, 'png')).toMatchObject({ colours });
});

test('a drawing of many colours has equal neighbours, a photo has not', () => {
  const drawing = draw(640, 4, (x, y) => [x >> 2, y, 200 - (x >> 3)]);
  const photo = draw(640, 4, (x, y) => [x & 255, y, (x * 7) & 255]);
  const many = (pixels: typeof drawing) => ({
    ...pixels,
    data: Buffer.concat([pixels.data, pixels.data]),
    height: 8,
  });
  expect(traitsOf(many(drawing), 'png').colours).toBe(undefined);
  expect(traitsOf(many(drawing), 'png').isFlat).toBe(true);
  expect(traitsOf(many(photo), 'png').isFlat).toBe(false);
});

test('any pixels have traits', () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.constantFrom(1, 2, 3, 4),
      fc.constantFrom('jpeg', 'png', 'gif'),
      (w, h, c, format) => {
        const pixels = { data: Buffer.alloc(w * h * c, 7), width: w, height: h, channels: c };
        expect(traitsOf(pixels, format as 'jpeg').hasFineColour).toBe(false);
      },
    ),
  );
});
