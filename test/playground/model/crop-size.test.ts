import { cropSize, densityOf } from '../../../playground/model/crop-size';

const LAKE = { width: 2400, height: 1600 };

test.each([
  [{ w: 480, h: 480, fit: 'cover' }, [480, 480], 1600 / 480],
  [{ w: 480, fit: 'cover' }, [480, 320], 5],
  [{ h: 480, fit: 'cover' }, [720, 480], 1600 / 480],
  [{ fit: 'cover' }, [2400, 1600], 1],
  [{ w: 3000, h: 3000, fit: 'cover' }, [1600, 1600], 1600 / 3000],
  [{ w: 480, h: 480, fit: 'inside' }, [480, 320], 5],
  [{ w: 3000, h: 300, fit: 'contain' }, [3000, 300], 4096 / 3000],
] as const)('%j of 2400 × 1600', (box, [width, height], density) => {
  expect(cropSize(LAKE, box)).toEqual({ width, height });
  expect(densityOf(LAKE, box)).toBeCloseTo(density, 5);
});
