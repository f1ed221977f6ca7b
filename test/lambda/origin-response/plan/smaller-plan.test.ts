import fc from 'fast-check';
import { outputSize } from '../../../../lambda/origin-response/plan/geometry/geometry';
import type { RenderPlan } from '../../../../lambda/origin-response/plan/render-plan';
import { type Attempt, smallerPlan } from '../../../../lambda/origin-response/plan/smaller-plan';
import { FORMATS, planOf } from '../../../support/render-plans';

const FOREVER = 600_000;

const LIMIT = 750_000;

function smaller(plan: RenderPlan, bytes: number, before: readonly Attempt[] = []): RenderPlan {
  const next = smallerPlan([...before, { plan, bytes }], LIMIT, FOREVER);
  if (next === undefined) throw new Error('no encoding is quick enough');
  return next;
}

test('what is a little too big is made coarser, at its size', () => {
  const before = planOf(2000, 1500, 'jpeg');
  const after = smaller(before, 1_000_000);
  expect(outputSize(after)).toEqual(outputSize(before));
  expect(after.quality).toBe(53);
});

test('the second time it is made as much coarser as this picture needs', () => {
  const first = planOf(2000, 1500, 'jpeg');
  const second = { ...first, quality: 53 };
  // It took little more than half of what it takes from a photo.
  const third = smaller(second, 820_000, [{ plan: first, bytes: 1_000_000 }]);
  expect(outputSize(third)).toEqual(outputSize(first));
  expect(third.quality).toBe(36);
});

test('what is far too big is made smaller, and gets the better encoding that it can afford now', () => {
  const before = planOf(4096, 4096, 'avif');
  const after = smaller(before, LIMIT / 0.04);
  expect(outputSize(after).width).toBeLessThan(800);
  expect(after.quality).toBe(75);
  expect((after.encoding as { effort: number }).effort).toBeGreaterThan(
    (before.encoding as { effort: number }).effort,
  );
});

test('a PNG gets a palette, at its size where that may do', () => {
  const before = planOf(1200, 900, 'png');
  const after = smaller(before, 1_700_000);
  expect(after.encoding).toMatchObject({ palette: true });
  expect(outputSize(after)).toEqual(outputSize(before));
  const large = smaller(before, 4_000_000);
  expect(large.encoding).toMatchObject({ palette: true });
  expect(outputSize(large).width).toBeLessThan(1200);
});

test('a PNG with a palette is made smaller by what the last attempt taught', () => {
  const first = { ...smaller(planOf(1200, 900, 'png'), 1_700_000) };
  const second = smaller(first, 1_000_000);
  const { width } = outputSize(second);
  expect(width).toBeLessThan(1200);
  // Where half the pixels are half the bytes, these are 94 % of the limit.
  const bytes = Math.round(1_000_000 * (width / 1200) ** 2 * 1.05);
  const third = smaller({ ...second }, Math.max(bytes, 760_000), [{ plan: first, bytes: 1_000_000 }]);
  expect(outputSize(third).width).toBeLessThan(width);
});

test('is none where the time left holds no encoding', () => {
  expect(smallerPlan([{ plan: planOf(4096, 4096, 'avif'), bytes: 1_000_000 }], LIMIT, 50)).toBeUndefined();
});

test('each attempt asks for strictly less', () => {
  const side = fc.integer({ min: 10, max: 4096 });
  const excess = fc.double({ min: 1.001, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      side,
      side,
      fc.constantFrom(...FORMATS),
      fc.integer({ min: 1, max: 100 }),
      fc.tuple(excess, excess, excess),
      (width, height, format, quality, sizes) => {
        const made: Attempt[] = [];
        let plan = planOf(width, height, format, quality);
        for (const times of sizes) {
          made.push({ plan, bytes: Math.ceil(LIMIT * times) });
          const next = smallerPlan(made, LIMIT, FOREVER);
          if (next === undefined) return;
          const [was, is] = [outputSize(plan), outputSize(next)];
          const isSmaller =
            is.width * is.height < was.width * was.height ||
            next.quality < plan.quality ||
            (next.isPalette && !plan.isPalette);
          expect(isSmaller || was.width * was.height < 100).toBe(true);
          expect(is.width).toBeLessThanOrEqual(was.width);
          expect(is.height).toBeLessThanOrEqual(was.height);
          plan = next;
        }
      },
    ),
  );
});
