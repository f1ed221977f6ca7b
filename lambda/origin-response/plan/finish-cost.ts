import { outputSize } from './geometry/geometry';
import type { RenderPlan } from './render-plan';

/** Milliseconds of one vCPU per megapixel of the variant: 1.5 times what noise took at 4 megapixels. */
const BLUR = 10; // 5, and with each pixel of sigma:
const BLUR_SIGMA = 1.4; // 0.9
const SHARPEN = 130; // 84

/** The same per megapixel of the original: a PNG's pixels, which are decoded twice. */
const COPY = 60; // 40

/** How long what is done to a scaled picture takes at worst, in milliseconds. */
export function finishMilliseconds(
  plan: Pick<RenderPlan, 'blur' | 'isSharpened' | 'window' | 'canvas' | 'frames' | 'scaled'>,
): number {
  const { width, height } = outputSize(plan);
  const blur = plan.blur === undefined ? 0 : BLUR + BLUR_SIGMA * plan.blur;
  return ((blur + (plan.isSharpened ? SHARPEN : 0)) * width * height * plan.frames) / 1_000_000;
}

/**
 * How long it takes at worst to find a border, in milliseconds.
 *
 * @param pixels of the original, over all frames
 */
export function trimMilliseconds(pixels: number): number {
  return (COPY * pixels) / 1_000_000;
}
