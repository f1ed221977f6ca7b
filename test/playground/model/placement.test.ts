import { fitIntoBox } from '../../../lambda/origin-response/plan/geometry/geometry';
import { pointOf, shownPart, underCut, WHOLE, withinPadding } from '../../../playground/model/placement';

test.each([
  ['centre', { x: 0.5, y: 0.5 }],
  ['northeast', { x: 1, y: 0 }],
  ['south', { x: 0.5, y: 1 }],
  ['', { x: 0.5, y: 0.5 }],
  ['0.25,1', { x: 0.25, y: 1 }],
  ['2,1', undefined],
  ['attention', undefined],
])('%s is a point', (position, point) => {
  expect(pointOf(position)).toEqual(point);
});

test('shows what of the original is in a cut', () => {
  const part = shownPart(
    underCut({ width: 600, height: 400 }, { width: 100, height: 100 }, { x: 0.15, y: 0.9 }),
  );
  expect(part).toEqual({ left: 0, top: 0, width: expect.closeTo(2 / 3), height: 1 });
});

test('shows all of the original where it is padded', () => {
  const box = withinPadding({ width: 600, height: 400 }, { width: 300, height: 300 }, { x: 0.5, y: 0 });
  expect(box).toEqual({ left: 0, top: 0, width: 1, height: expect.closeTo(2 / 3) });
  expect(shownPart(box)).toEqual(WHOLE);
});

test.each([
  [
    { w: 100, h: 100 },
    { x: 0.3, y: 0.7 },
  ],
  [
    { w: 90, h: 300 },
    { x: 1, y: 0 },
  ],
  [
    { w: 4000, h: 500 },
    { x: 0.5, y: 0.5 },
  ],
])('agrees with the function on a cut to %o around %o', (box, point) => {
  const source = { width: 1200, height: 800 };
  const { scaled, window } = fitIntoBox(source, { ...box, fit: 'cover' }, point);
  const part = shownPart(underCut(source, window, point));
  expect(part.left).toBeCloseTo(window.left / scaled.width, 1);
  expect(part.top).toBeCloseTo(window.top / scaled.height, 1);
  expect(part.width).toBeCloseTo(window.width / scaled.width, 1);
  expect(part.height).toBeCloseTo(window.height / scaled.height, 1);
});
