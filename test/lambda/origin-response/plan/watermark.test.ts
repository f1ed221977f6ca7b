import fc from 'fast-check';
import { type PlannedWatermark, placeWatermark } from '../../../../lambda/origin-response/plan/watermark';

const MARK: PlannedWatermark = {
  ...{ type: 'shop', isOpaque: true, opacity: 1, position: 'southeast', size: 0.2, margin: 0.05 },
  ...{ width: 40, height: 20 },
};

test.each<[string, number, number, Partial<PlannedWatermark>, object]>([
  ['a landscape', 300, 200, {}, { width: 40, height: 20, left: 250, top: 170 }],
  ['a portrait has the same', 200, 300, {}, { width: 40, height: 20, left: 150, top: 270 }],
  ['a corner', 300, 200, { position: 'northwest' }, { width: 40, height: 20, left: 10, top: 10 }],
  ['the middle of a side', 300, 200, { position: 'north' }, { width: 40, height: 20, left: 130, top: 10 }],
  ['a point', 300, 200, { position: '0.5,1', margin: 0 }, { width: 40, height: 20, left: 130, top: 180 }],
  ['a strip', 1000, 10, { size: 1, margin: 0 }, { width: 10, height: 5, left: 990, top: 5 }],
  ['a pixel', 1, 1, {}, { width: 1, height: 1, left: 0, top: 0 }],
])('%s', (_name, width, height, changed, window) => {
  expect(placeWatermark({ width, height }, { ...MARK, ...changed })).toMatchObject(window);
});

test('it never leaves the variant', () => {
  const side = fc.integer({ min: 1, max: 4096 });
  const fraction = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(
      ...([
        side,
        side,
        side,
        side,
        fraction(0.01, 1),
        fraction(0, 0.5),
        fraction(0, 1),
        fraction(0, 1),
      ] as const),
      (width, height, markWidth, markHeight, size, margin, x, y) => {
        const mark = {
          ...MARK,
          width: markWidth,
          height: markHeight,
          size,
          margin,
          position: `${x.toFixed(3)},${y.toFixed(3)}`,
        };
        const window = placeWatermark({ width, height }, mark);
        expect(window.width).toBeGreaterThan(0);
        expect(window.height).toBeGreaterThan(0);
        expect(window.left).toBeGreaterThanOrEqual(0);
        expect(window.top).toBeGreaterThanOrEqual(0);
        expect(window.left + window.width).toBeLessThanOrEqual(width);
        expect(window.top + window.height).toBeLessThanOrEqual(height);
      },
    ),
  );
});
