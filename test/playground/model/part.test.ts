import fc from 'fast-check';
import { inRegion, onOriginal, partOf, type Region, rectOf } from '../../../playground/model/part';

const WHOLE: Region = { rect: '', rotate: '', flip: '' };
const LOWER_LEFT = { left: 0, top: 0.5, width: 0.5, height: 0.5 };

test.each([
  ['', '', '0,0.5,0.5,0.5'],
  ['90', '', '0,0,0.5,0.5'],
  ['180', '', '0.5,0,0.5,0.5'],
  ['270', '', '0.5,0.5,0.5,0.5'],
  ['', 'h', '0.5,0.5,0.5,0.5'],
  ['', 'v', '0,0,0.5,0.5'],
  ['90', 'h', '0.5,0,0.5,0.5'],
])(
  'the lower left of the original, turned by "%s" and mirrored by "%s", is rect=%s',
  (rotate, flip, rect) => {
    const region = { ...WHOLE, rotate, flip };
    expect(rectOf(LOWER_LEFT, region)).toBe(rect);
    expect(partOf({ ...region, rect })).toEqual(LOWER_LEFT);
  },
);

test('all of the original needs no rect, and a rect that says nothing is all of it', () => {
  expect(rectOf({ left: 0, top: 0, width: 1, height: 1 }, WHOLE)).toBe('');
  for (const rect of ['', '0.5', 'a,b,c,d', '0,0,0,1'])
    expect(partOf({ ...WHOLE, rect })).toEqual({ left: 0, top: 0, width: 1, height: 1 });
});

test('sides are written to a thousandth, and reach the edge where they are drawn to it', () => {
  expect(rectOf({ left: 1 / 3, top: 2 / 3, width: 2 / 3, height: 1 / 3 }, WHOLE)).toBe(
    '0.333,0.667,0.667,0.333',
  );
});

test('a position is of the part, as it is turned', () => {
  const region = { rect: '0,0,0.5,0.5', rotate: '90', flip: '' };
  // The top left of the part is the lower left corner of the original.
  expect(onOriginal({ x: 0, y: 0 }, region)).toEqual({ x: 0, y: 1 });
  expect(inRegion({ x: 0, y: 1 }, region)).toEqual({ x: 0, y: 0 });
  // What is outside comes to its edge.
  expect(inRegion({ x: 1, y: 0 }, region)).toEqual({ x: 1, y: 1 });
});

test('from the original into the part and back is the same point', () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  const regions = fc.record({
    rect: fc.constantFrom('', '0,0,0.5,0.5', '0.25,0.1,0.5,0.9'),
    rotate: fc.constantFrom('', '90', '180', '270'),
    flip: fc.constantFrom('', 'h', 'v', 'hv'),
  });
  fc.assert(
    fc.property(fraction, fraction, regions, (x, y, region) => {
      const back = inRegion(onOriginal({ x, y }, region), region);
      expect(back.x).toBeCloseTo(x, 9);
      expect(back.y).toBeCloseTo(y, 9);
    }),
  );
});
