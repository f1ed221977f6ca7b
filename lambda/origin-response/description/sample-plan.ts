import { outputSize, scaleDown } from '../plan/geometry/geometry';
import type { RenderPlan } from '../plan/render-plan';

/** The longest side that a thumbhash is made of, in pixels. */
const LONGEST_SIDE = 100;

/** The same picture in few pixels, in colours that can be counted: one frame, three channels. */
export function samplePlan(plan: RenderPlan): RenderPlan {
  const { width, height } = outputSize(plan);
  const factor = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { ...plan, ...(factor < 1 && scaleDown(plan, factor)), frames: 1, isGrey: false };
}
