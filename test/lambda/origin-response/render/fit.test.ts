import type { Encoding, Traits } from '../../../../lambda/origin-response/plan/encoding-types';
import type { RenderPlan } from '../../../../lambda/origin-response/plan/render-plan';
import { MAX_ATTEMPTS } from '../../../../lambda/origin-response/plan/smaller-plan';
import { PHOTO_TRAITS } from '../../../../lambda/origin-response/plan/traits';
import { fit } from '../../../../lambda/origin-response/render/fit';
import { planOf } from '../../../support/render-plans';

const forever = { remaining: () => 600_000 };

/** A renderer of nothing: each encode has the next of the lengths, the last for ever. */
function drawing(...lengths: readonly number[]) {
  return drawingOf(undefined, ...lengths);
}

function drawingOf(traits: Traits | undefined, ...lengths: readonly number[]) {
  const drawn: RenderPlan[] = [];
  const kept: boolean[] = [];
  const encoded: Encoding[] = [];
  const released: number[] = [];
  const draw = async (plan: RenderPlan, keepPixels: boolean) => {
    drawn.push(plan);
    kept.push(keepPixels);
    const picture = drawn.length;
    return {
      ...(traits && { traits }),
      encode: async (encoding: Encoding) => {
        expect(released).not.toContain(picture);
        encoded.push(encoding);
        return Buffer.alloc(lengths[encoded.length - 1] ?? lengths.at(-1) ?? 0);
      },
      release: () => void released.push(picture),
    };
  };
  return { draw, drawn, kept, encoded, released };
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

test('what changes its size is drawn again', async () => {
  const { draw, drawn, kept, encoded } = drawing(400_000, 110_000, 105_000, 90_000);
  expect(await fit(planOf(500, 500, 'webp'), 100_000, draw, forever)).toMatchObject({
    kind: 'fits',
    image: { attempts: 4 },
  });
  const widths = drawn.map(({ window }) => window.width);
  expect(widths[1]).toBeLessThan(500);
  expect([...widths].sort((a, b) => b - a)).toEqual(widths);
  expect(kept.every(Boolean)).toBe(true);
  expect(encoded).toHaveLength(4);
});

test('what the drawn pixels are like decides how they are encoded', async () => {
  const { draw, drawn, encoded } = drawingOf({ ...PHOTO_TRAITS, hasFineColour: true }, 100);
  const fitted = await fit(planOf(400, 300, 'avif'), 100, draw, forever);
  expect(drawn).toMatchObject([{ encoding: { chromaSubsampling: '4:2:0' } }]);
  expect(encoded).toMatchObject([{ chromaSubsampling: '4:4:4' }]);
  expect(fitted).toMatchObject({ image: { plan: { encoding: encoded[0] } } });
});

test('a PNG that is too big is drawn once, and gets a palette', async () => {
  const { draw, drawn, encoded } = drawingOf(PHOTO_TRAITS, 200_000, 90_000);
  expect(await fit(planOf(400, 300, 'png'), 100_000, draw, forever)).toMatchObject({
    image: { attempts: 2 },
  });
  expect(drawn).toHaveLength(1);
  expect(encoded).toMatchObject([{ palette: false }, { palette: true, colours: 256 }]);
});

const ANIMATED = { ...planOf(2000, 2000, 'webp'), frames: 4 };

test.each([
  ['a small still', planOf(400, 400, 'jpeg'), true],
  ['the largest still', planOf(4096, 4096, 'png'), true],
  ['an animation that may be too big', ANIMATED, true],
  ['an animation that fits at once', { ...planOf(100, 100, 'webp'), frames: 4 }, false],
  ['an animation whose quality goes no lower', { ...ANIMATED, quality: 30 }, false],
  ['more pixels than the largest still', { ...ANIMATED, frames: 5 }, false],
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

test.each([
  ['that fits', [100]],
  ['that is drawn in several sizes', [400_000, 110_000, 105_000, 90_000]],
  ['that never fits', [400_000]],
])('a picture %s is released once, after its last encode', async (_, lengths) => {
  const { draw, drawn, released } = drawing(...lengths);
  await fit(planOf(500, 500, 'webp'), 100_000, draw, forever);
  expect(released).toEqual(drawn.map((_plan, i) => i + 1));
});

test('a picture whose encoder fails is released too', async () => {
  const { draw, released } = drawing(100);
  const failing: typeof draw = async (plan, keepPixels) => ({
    ...(await draw(plan, keepPixels)),
    encode: async () => {
      throw new Error('no encoder');
    },
  });
  await expect(fit(planOf(500, 500, 'webp'), 100_000, failing, forever)).rejects.toThrow('no encoder');
  expect(released).toEqual([1]);
});
