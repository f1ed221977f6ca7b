import { fitIntoBox } from '../../../lambda/origin-response/plan/geometry/geometry';
import {
  placeOriginal,
  pointOf,
  shownPart,
  underCut,
  WHOLE,
  withinPadding,
} from '../../../playground/model/placement';

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

test.each([
  // A square in the middle of the lower half, of 600 × 200.
  [{ rect: '0,0.5,1,0.5' }, { left: 1 / 3, top: 0.5, width: 1 / 3, height: 0.5 }],
  [
    { rect: '0,0.5,1,0.5', position: 'west' },
    { left: 0, top: 0.5, width: 1 / 3, height: 0.5 },
  ],
  [
    { rect: '0.5,0,0.5,1', h: '' },
    { left: 0.5, top: 0, width: 0.5, height: 1 },
  ],
])('what is cut out of a part lies on the original: %o', (values, part) => {
  const place = placeOriginal({
    original: { width: 600, height: 400 },
    variant: 'h' in values ? { width: 150, height: 200 } : { width: 100, height: 100 },
    isCropped: true,
    cut: undefined,
    values: { w: '100', h: '100', fit: '', position: '', ...values },
  });
  const shown = place && shownPart(place);
  for (const side of ['left', 'top', 'width', 'height'] as const)
    expect(shown?.[side]).toBeCloseTo(part[side], 9);
});

test('where a picture is turned or trimmed nothing is laid over it', () => {
  for (const moved of [{ rotate: '90' }, { flip: 'h' }, { trim: '10' }])
    expect(
      placeOriginal({
        original: { width: 600, height: 400 },
        variant: { width: 100, height: 100 },
        isCropped: true,
        cut: undefined,
        values: { w: '100', h: '100', fit: '', position: '', ...moved },
      }),
    ).toBeUndefined();
});
