import fc from 'fast-check';
import {
  type Box,
  fitIntoBox,
  outputSize,
  scaleDown,
} from '../../../../../lambda/origin-response/plan/geometry/geometry';

const CENTRE = { x: 0.5, y: 0.5 };
const cover = (source: { width: number; height: number }, box: Omit<Box, 'fit'>) =>
  fitIntoBox(source, { ...box, fit: 'cover' }, CENTRE);

describe('cover', () => {
  test.each([
    // source, box, scaled, window
    [{ width: 1600, height: 1000 }, { w: 320, h: 240 }, [384, 240], [32, 0, 320, 240]],
    [{ width: 1000, height: 1600 }, { w: 320, h: 240 }, [320, 512], [0, 136, 320, 240]],
    [{ width: 800, height: 600 }, { w: 800, h: 600 }, [800, 600], [0, 0, 800, 600]],
    // Never enlarged: cut to the ratio at the source's own scale.
    [{ width: 50, height: 40 }, { w: 200, h: 200 }, [50, 40], [5, 0, 40, 40]],
    [{ width: 50, height: 40 }, { w: 200, h: 100 }, [50, 40], [0, 7, 50, 25]],
    [{ width: 100, height: 50 }, { w: 80, h: 80 }, [100, 50], [25, 0, 50, 50]],
    // One side keeps the ratio; none keeps the size.
    [{ width: 1600, height: 1000 }, { w: 400 }, [400, 250], [0, 0, 400, 250]],
    [{ width: 1600, height: 1000 }, { h: 100 }, [160, 100], [0, 0, 160, 100]],
    [{ width: 300, height: 200 }, { w: 400 }, [300, 200], [0, 0, 300, 200]],
    [{ width: 300, height: 200 }, {}, [300, 200], [0, 0, 300, 200]],
    // No side passes 4096.
    [{ width: 8192, height: 2000 }, {}, [4096, 1000], [0, 0, 4096, 1000]],
    [{ width: 1000, height: 20000 }, { w: 1000 }, [205, 4096], [0, 0, 205, 4096]],
    // Extreme ratios keep a pixel.
    [{ width: 10000, height: 2 }, { w: 100 }, [100, 1], [0, 0, 100, 1]],
    [{ width: 1, height: 1 }, { w: 4096, h: 1 }, [1, 1], [0, 0, 1, 1]],
  ] as const)('%j into %j', (source, box, [scaledWidth, scaledHeight], [left, top, width, height]) => {
    expect(cover(source, box)).toStrictEqual({
      scaled: { width: scaledWidth, height: scaledHeight },
      window: { left, top, width, height },
    });
  });

  const side = fc.integer({ min: 1, max: 20_000 });
  const boxSide = fc.option(fc.integer({ min: 1, max: 4096 }), { nil: undefined });

  test('holds its laws for every size', () => {
    fc.assert(
      fc.property(side, side, boxSide, boxSide, (width, height, w, h) => {
        const { scaled, window } = cover({ width, height }, { ...(w && { w }), ...(h && { h }) });
        expect(scaled.width).toBeLessThanOrEqual(width);
        expect(scaled.height).toBeLessThanOrEqual(height);
        expect(window.left).toBeGreaterThanOrEqual(0);
        expect(window.top).toBeGreaterThanOrEqual(0);
        expect(window.left + window.width).toBeLessThanOrEqual(scaled.width);
        expect(window.top + window.height).toBeLessThanOrEqual(scaled.height);
        expect(Math.min(window.width, window.height)).toBeGreaterThanOrEqual(1);
        expect(window.width).toBeLessThanOrEqual(w ?? 4096);
        expect(window.height).toBeLessThanOrEqual(h ?? 4096);
        if (w && h && w <= width && h <= height) expect([window.width, window.height]).toEqual([w, h]);
      }),
    );
  });

  test('scaled down it stays within itself and gets smaller', () => {
    fc.assert(
      fc.property(
        side,
        side,
        boxSide,
        boxSide,
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (width, height, w, h, factor) => {
          const before = cover({ width, height }, { ...(w && { w }), ...(h && { h }) });
          const { scaled, window } = scaleDown(before, factor);
          expect(window.left).toBeGreaterThanOrEqual(0);
          expect(window.top).toBeGreaterThanOrEqual(0);
          expect(window.left + window.width).toBeLessThanOrEqual(scaled.width);
          expect(window.top + window.height).toBeLessThanOrEqual(scaled.height);
          expect(window.width).toBeLessThanOrEqual(before.window.width);
          expect(window.height).toBeLessThanOrEqual(before.window.height);
        },
      ),
    );
  });
});

describe('a point', () => {
  test.each([
    // The window of 300×300 in 600×300 slides to the point, and no further than the border.
    [{ x: 0.5, y: 0.5 }, [150, 0]],
    [{ x: 0, y: 0 }, [0, 0]],
    [{ x: 1, y: 1 }, [300, 0]],
    [{ x: 0.3, y: 0.7 }, [30, 0]],
    [{ x: 0.1, y: 0.5 }, [0, 0]],
  ])('%j', (point, [left, top]) => {
    const { window } = fitIntoBox({ width: 1200, height: 600 }, { w: 300, h: 300, fit: 'cover' }, point);
    expect(window).toEqual({ left, top, width: 300, height: 300 });
  });
});

describe('contain', () => {
  test.each([
    [
      { width: 800, height: 400 },
      { w: 200, h: 200 },
      CENTRE,
      [200, 100],
      { width: 200, height: 200, left: 0, top: 50 },
    ],
    [
      { width: 800, height: 400 },
      { w: 200, h: 200 },
      { x: 0.5, y: 1 },
      [200, 100],
      { width: 200, height: 200, left: 0, top: 100 },
    ],
    // Never enlarged: padded on every side.
    [
      { width: 50, height: 40 },
      { w: 200, h: 100 },
      CENTRE,
      [50, 40],
      { width: 200, height: 100, left: 75, top: 30 },
    ],
    [{ width: 400, height: 400 }, { w: 200, h: 200 }, CENTRE, [200, 200], undefined],
  ] as const)('%j in %j', (source, box, point, [width, height], canvas) => {
    const geometry = fitIntoBox(source, { ...box, fit: 'contain' }, point);
    expect(geometry).toEqual({
      scaled: { width, height },
      window: { left: 0, top: 0, width, height },
      ...(canvas && { canvas }),
    });
    expect(outputSize(geometry)).toMatchObject({ width: box.w, height: box.h });
  });

  test('without a side it is inside', () => {
    expect(fitIntoBox({ width: 800, height: 400 }, { w: 200, fit: 'contain' }, CENTRE)).toEqual(
      fitIntoBox({ width: 800, height: 400 }, { w: 200, fit: 'inside' }, CENTRE),
    );
  });
});

test('inside shows all of the picture within the box', () => {
  const inside = (width: number, height: number) =>
    fitIntoBox({ width, height }, { w: 200, h: 200, fit: 'inside' }, CENTRE).window;
  expect(inside(800, 400)).toEqual({ left: 0, top: 0, width: 200, height: 100 });
  expect(inside(50, 40)).toEqual({ left: 0, top: 0, width: 50, height: 40 });
});
