import { planWithin } from './choose-encoding';
import { scaleDown } from './geometry';
import type { RenderPlan } from './render-plan';

/** On JPEG's scale. Below it, a smaller picture looks better than a coarser one. */
const LOWEST_QUALITY = 30;

/** A picture that is further over the limit than this has to shrink: limit ÷ bytes. */
const LOWEST_COARSER_RATIO = 0.4;

/**
 * Plans the next attempt after one that had too many bytes: once coarser at the same size, from then on smaller.
 *
 * @param ratio limit ÷ bytes of the last attempt, below 1
 * @param attempts made so far
 * @param milliseconds that are left
 * @returns undefined where no encoding fits the time
 */
export function smallerPlan(
  plan: RenderPlan,
  ratio: number,
  attempts: number,
  milliseconds: number,
): RenderPlan | undefined {
  if (canBeCoarser(plan, attempts) && ratio > LOWEST_COARSER_RATIO) {
    const quality = Math.max(LOWEST_QUALITY, Math.floor(plan.quality * ratio));
    return planWithin({ ...plan, quality }, milliseconds);
  }
  // Bytes shrink less than the area does, so each further attempt keeps a wider margin.
  const factor = Math.sqrt(ratio) * (1 - 0.1 * attempts);
  return planWithin({ ...plan, ...scaleDown(plan, factor) }, milliseconds);
}

/** Whether a coarser encoding of the same pixels may be the next attempt. */
export function canBeCoarser(plan: RenderPlan, attempts: number): boolean {
  return attempts === 1 && 'quality' in plan.encoding && plan.quality > LOWEST_QUALITY;
}
