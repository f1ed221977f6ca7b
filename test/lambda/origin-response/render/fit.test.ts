import type { Encoding } from '../../../../lambda/origin-response/plan/encoding-types';
import type { RenderPlan } from '../../../../lambda/origin-response/plan/render-plan';
import { fit, MAX_ATTEMPTS } from '../../../../lambda/origin-response/render/fit';
import { planOf } from '../../../support/render-plans';

const forever = { remaining: () => 600_000 };

/** A renderer of nothing: each encode has the next of the lengths, the last for ever. */
function drawing(...lengths: readonly number[]) {
  const drawn: RenderPlan[] = [];
  const kept: boolean[] = [];
  const encoded: Encoding[] = [];
  const draw = async (plan: RenderPlan, keepPixels: boolean) => {
    drawn.push(plan);
    kept.push(keepPixels);
    return {
      encode: async (encoding: Encoding) => {
        encoded.push(encoding);
        return Buffer.alloc(lengths[encoded.length - 1] ?? lengths.at(-1) ?? 0);
      },
    };
  };
  return { draw, drawn, kept, encoded };
}

test('what fits at once is rendered once', async () => {
  const { draw, drawn, encoded } = drawing(100);
  const first = planOf(400, 300, 'webp');
  expect(await fit(first, 100, draw, forever)).toEqual({
    kind: 'fits',
    image: { bytes: Buffer.alloc(100), plan: first, attempts: 1 },
  });
  expect(drawn).toEqual([first]);
  expect(encoded).toEqual([first.encoding]);
});

test('what is a little too big is drawn once and encoded twice', async () => {
  const { draw, drawn, kept, encoded } = drawing(120_000, 90_000);
  const first = planOf(500, 500, 'webp');
  expect(await fit(first, 100_000, draw, forever)).toMatchObject({
    kind: 'fits',
    image: { plan: { scaled: first.scaled }, attempts: 2 },
  });
  expect(drawn).toEqual([first]);
  expect(kept).toEqual([true]);
  expect(encoded).toHaveLength(2);
  expect(encoded[1]).not.toEqual(encoded[0]);
});

test('what changes its size is drawn again, and its pixels are not kept', async () => {
  const { draw, drawn, kept, encoded } = drawing(120_000, 110_000, 105_000, 90_000);
  expect(await fit(planOf(500, 500, 'webp'), 100_000, draw, forever)).toMatchObject({
    kind: 'fits',
    image: { attempts: 4 },
  });
  const widths = drawn.map(({ window }) => window.width);
  expect(widths).toHaveLength(3);
  expect([...widths].sort((a, b) => b - a)).toEqual(widths);
  expect(kept).toEqual([true, false, false]);
  expect(encoded).toHaveLength(4);
});

test.each([
  ['a small picture, which fits at once', planOf(400, 400, 'jpeg'), false],
  ['a format without quality, which shrinks', planOf(2000, 2000, 'png'), false],
  ['a quality that goes no lower', planOf(2000, 2000, 'jpeg', 30), false],
  ['the largest still', planOf(4096, 4096, 'jpeg'), true],
  ['more pixels than the largest still', { ...planOf(2000, 2000, 'webp'), frames: 5 }, false],
])('pixels of %s', async (_name, plan, isKept) => {
  const { draw, kept } = drawing(100);
  await fit(plan, 100_000, draw, forever);
  expect(kept).toEqual([isKept]);
});

test('four attempts that are all too big end in a reason', async () => {
  const { draw, encoded } = drawing(200);
  const fitted = await fit(planOf(400, 300, 'png'), 100, draw, forever);
  expect(fitted).toMatchObject({ kind: 'none', reason: 'variant-bytes' });
  expect(encoded).toHaveLength(MAX_ATTEMPTS);
});

test('an attempt that the time does not hold is not begun', async () => {
  const draw = async () => {
    throw new Error('begun');
  };
  expect(await fit(planOf(4096, 4096, 'avif'), 100, draw, { remaining: () => 50 })).toMatchObject({
    kind: 'none',
    reason: 'out-of-time',
  });
});
