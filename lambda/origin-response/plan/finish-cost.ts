import { outputSize } from './geometry/geometry';
import type { RenderPlan } from './render-plan';
import { placeWatermark } from './watermark';

/** Milliseconds of one vCPU per megapixel of the variant: 1.5 times what noise took at 4 megapixels. */
const BLUR = 10; // 5, and with each pixel of sigma:
const BLUR_SIGMA = 1.4; // 0.9
const SHARPEN = 130; // 84
const WATERMARK = 24; // 16, on all of the variant

/** The same per megapixel of a watermark, which is scaled once: a PNG of noise. */
const WATERMARK_SCALED = 80; // 54

/** The same per megapixel of the original: a PNG's pixels, which are decoded twice. */
const COPY = 60; // 40

/** How long what is done to a scaled picture takes at worst, in milliseconds. */
export function finishMilliseconds(
  plan: Pick<RenderPlan, 'blur' | 'isSharpened' | 'window' | 'canvas' | 'frames' | 'scaled' | 'watermark'>,
): number {
  const output = outputSize(plan);
  const { width, height } = output;
  const blur = plan.blur === undefined ? 0 : BLUR + BLUR_SIGMA * plan.blur;
  const mark = plan.watermark && placeWatermark(output, plan.watermark);
  const each = blur + (plan.isSharpened ? SHARPEN : 0) + (mark ? WATERMARK : 0);
  const once = mark ? WATERMARK_SCALED * mark.width * mark.height : 0;
  return (each * width * height * plan.frames + once) / 1_000_000;
}

/**
 * How long it takes at worst to find a border, in milliseconds.
 *
 * @param pixels of the original, over all frames
 */
export function trimMilliseconds(pixels: number): number {
  return (COPY * pixels) / 1_000_000;
}
