import fc from 'fast-check';
import { outputSize } from '../../../../lambda/origin-response/plan/geometry';
import type { RenderPlan } from '../../../../lambda/origin-response/plan/render-plan';
import { smallerPlan } from '../../../../lambda/origin-response/plan/smaller-plan';
import { FORMATS, planOf } from '../../../support/render-plans';

const FOREVER = 600_000;

function smaller(plan: RenderPlan, ratio: number, attempts: number): RenderPlan {
  const next = smallerPlan(plan, ratio, attempts, FOREVER);
  if (next === undefined) throw new Error('no encoding is quick enough');
  return next;
}

test('what is a little too big is made coarser, at its size', () => {
  const before = planOf(400, 300, 'jpeg');
  const after = smaller(before, 0.75, 1);
  expect(outputSize(after)).toEqual(outputSize(before));
  expect(after).toMatchObject({ quality: 60, encoding: { quality: 60 } });
});

test('what is far too big is made smaller, and gets the better encoding that it can afford now', () => {
  const before = planOf(4096, 4096, 'avif');
  const after = smaller(before, 0.04, 1);
  expect(outputSize(after).width).toBeLessThan(800);
  expect(after.quality).toBe(80);
  expect((after.encoding as { effort: number }).effort).toBeGreaterThan(
    (before.encoding as { effort: number }).effort,
  );
});

test('is none where the time left holds no encoding', () => {
  expect(smallerPlan(planOf(4096, 4096, 'avif'), 0.75, 1, 50)).toBeUndefined();
});

test('each attempt asks for strictly less', () => {
  const side = fc.integer({ min: 2, max: 4096 });
  const ratio = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(
      side,
      side,
      fc.constantFrom(...FORMATS),
      fc.integer({ min: 1, max: 100 }),
      ratio,
      fc.integer({ min: 1, max: 3 }),
      (width, height, format, quality, share, attempts) => {
        const before = planOf(width, height, format, quality);
        const after = smaller(before, share, attempts);
        const [was, is] = [outputSize(before), outputSize(after)];
        const isSmaller = is.width * is.height < was.width * was.height || after.quality < before.quality;
        expect(isSmaller || was.width * was.height < 100).toBe(true);
        expect(is.width).toBeLessThanOrEqual(was.width);
        expect(is.height).toBeLessThanOrEqual(was.height);
      },
    ),
  );
});
