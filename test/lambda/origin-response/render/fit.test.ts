import fc from 'fast-check';
import type { ViewerFormat } from '../../../../lambda/contract/parameters/table';
import { resolve } from '../../../../lambda/contract/resolve';
import { outputSize } from '../../../../lambda/origin-response/plan/geometry';
import { plan, type RenderPlan } from '../../../../lambda/origin-response/plan/plan';
import { affordable, fit, MAX_ATTEMPTS, smallerPlan } from '../../../../lambda/origin-response/render/fit';
import type { SourceFormat } from '../../../../lambda/origin-response/source/source-image';
import { readConfiguration } from '../../../../lib/configuration/configuration';

const SETTINGS = readConfiguration({});
const FORMATS: readonly ViewerFormat[] = ['jpeg', 'png', 'webp', 'avif'];

function planOf(width: number, height: number, format: ViewerFormat, quality = 80): RenderPlan {
  const source = {
    format: 'jpeg' as SourceFormat,
    width,
    height,
    orientation: 1,
    frames: 1,
    hasAlpha: false,
    isGrey: false,
    isPalette: false,
    isClean: true,
  };
  const planned = plan(resolve({ t: 'A', format, quality }, SETTINGS), source, SETTINGS);
  if (planned.kind === 'refuse') throw new Error(planned.reason);
  return planned.plan;
}

const forever = { remaining: () => 600_000 };

test('what fits at once is rendered once', async () => {
  const rendered: RenderPlan[] = [];
  const render = async (one: RenderPlan) => {
    rendered.push(one);
    return Buffer.alloc(100);
  };
  const first = planOf(400, 300, 'webp');
  expect(await fit(first, 100, render, forever)).toEqual({
    kind: 'fits',
    image: { bytes: Buffer.alloc(100), plan: first, attempts: 1 },
  });
  expect(rendered).toEqual([first]);
});

test('every still is accepted, whatever it is to become', () => {
  for (const format of FORMATS) {
    for (const quality of [1, 80, 100]) expect(() => planOf(4096, 4096, format, quality)).not.toThrow();
  }
});

test('an animation that would take longer than ten seconds is refused', () => {
  const moving = {
    format: 'gif',
    width: 1000,
    height: 1000,
    orientation: 1,
    frames: 40,
    hasAlpha: true,
  } as const;
  const source = { ...moving, isGrey: false, isPalette: true, isClean: true };
  const planned = (w?: number) => plan(resolve({ t: 'A', ...(w && { w }) }, SETTINGS), source, SETTINGS);
  expect(planned()).toMatchObject({ kind: 'refuse', reason: 'source-pixels' });
  expect(planned(300)).toMatchObject({ kind: 'render' });
});

test('what is a little too big is made coarser, at its size', () => {
  const before = planOf(400, 300, 'jpeg');
  const after = smallerPlan(before, 0.75, 1);
  expect(outputSize(after)).toEqual(outputSize(before));
  expect(after).toMatchObject({ quality: 60, encoding: { quality: 60 } });
});

test('what is far too big is made smaller, and gets the better encoding that it can afford now', () => {
  const before = planOf(4096, 4096, 'avif');
  const after = smallerPlan(before, 0.04, 1);
  expect(outputSize(after).width).toBeLessThan(800);
  expect(after.quality).toBe(80);
  expect((after.encoding as { effort: number }).effort).toBeGreaterThan(
    (before.encoding as { effort: number }).effort,
  );
});

test('four attempts that are all too big end in a reason', async () => {
  let renders = 0;
  const render = async () => {
    renders++;
    return Buffer.alloc(200);
  };
  const fitted = await fit(planOf(400, 300, 'png'), 100, render, forever);
  expect(fitted).toMatchObject({ kind: 'none', reason: 'variant-bytes' });
  expect(renders).toBe(MAX_ATTEMPTS);
});

test('an attempt that the time does not hold is not begun', async () => {
  const render = async () => {
    throw new Error('begun');
  };
  expect(await fit(planOf(4096, 4096, 'avif'), 100, render, { remaining: () => 50 })).toMatchObject({
    kind: 'none',
    reason: 'out-of-time',
  });
});

test('less time is a cheaper encoding of the same picture', () => {
  const wanted = planOf(1400, 1000, 'avif');
  const hurried = affordable(wanted, 600);
  expect(hurried && outputSize(hurried)).toEqual(outputSize(wanted));
  expect(hurried?.encoding).not.toEqual(wanted.encoding);
  expect(affordable(wanted, 1)).toBeUndefined();
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
        const after = smallerPlan(before, share, attempts);
        const [was, is] = [outputSize(before), outputSize(after)];
        const isSmaller = is.width * is.height < was.width * was.height || after.quality < before.quality;
        expect(isSmaller || was.width * was.height < 100).toBe(true);
        expect(is.width).toBeLessThanOrEqual(was.width);
        expect(is.height).toBeLessThanOrEqual(was.height);
      },
    ),
  );
});
