import type { Deadline } from './deadline';
import type { Encoding } from './encoding';
import { scaleDown } from './geometry';
import type { RenderPlan } from './plan';

/** A variant that is ready to be sent. */
export interface EncodedImage {
  readonly bytes: Buffer;
  readonly plan: RenderPlan;
  /** Renders that it took, 1…{@link MAX_ATTEMPTS}. */
  readonly attempts: number;
}

export const MAX_ATTEMPTS = 4;

/** Below this a picture loses less by shrinking than by coarser encoding. */
const LOWEST_QUALITY = 30;

/**
 * Renders until the variant is within the limit: coarser first, then smaller, strictly less each time.
 *
 * @param limit bytes of the encoded picture
 * @returns undefined where no attempt fitted
 */
export async function fit(
  plan: RenderPlan,
  limit: number,
  render: (plan: RenderPlan) => Promise<Buffer>,
  deadline: Deadline,
): Promise<EncodedImage | undefined> {
  let current = plan;
  for (let attempts = 1; attempts <= MAX_ATTEMPTS && deadline.remaining() > 0; attempts++) {
    const bytes = await render(current);
    if (bytes.length <= limit) return { bytes, plan: current, attempts };
    current = smallerPlan(current, limit / bytes.length, attempts);
  }
  return undefined;
}

/**
 * The next attempt after one that was too big.
 *
 * @param ratio limit ÷ bytes of the last attempt, below 1
 * @param attempts made so far
 */
export function smallerPlan(plan: RenderPlan, ratio: number, attempts: number): RenderPlan {
  const { encoding } = plan;
  // One coarser attempt. A picture that is twice too big then, or that has no quality, has to shrink.
  if (attempts === 1 && 'quality' in encoding && encoding.quality > LOWEST_QUALITY && ratio > 0.4) {
    const quality = Math.max(LOWEST_QUALITY, Math.floor(encoding.quality * ratio));
    return { ...plan, encoding: { ...encoding, quality } as Encoding };
  }
  // Bytes follow the area less than proportionally, so each further attempt keeps a wider margin.
  return { ...plan, ...scaleDown(plan, Math.sqrt(ratio) * (1 - 0.1 * attempts)) };
}
