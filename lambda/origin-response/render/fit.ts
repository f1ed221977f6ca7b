import type { Deadline } from '../failure/deadline';
import { encodeMilliseconds } from '../plan/encode-cost';
import { cheaper, chooseEncoding, type Encoding } from '../plan/encoding';
import { outputSize, scaleDown } from '../plan/geometry';
import type { RenderPlan } from '../plan/plan';

/** A variant that is ready to be sent. */
export interface EncodedImage {
  readonly bytes: Buffer;
  readonly plan: RenderPlan;
  /** Renders that it took, 1…{@link MAX_ATTEMPTS}. */
  readonly attempts: number;
}

export type Fitted =
  | { readonly kind: 'fits'; readonly image: EncodedImage }
  | { readonly kind: 'none'; readonly reason: 'variant-bytes' | 'out-of-time'; readonly detail: string };

export const MAX_ATTEMPTS = 4;

/** On JPEG's scale. Below it a picture loses less by shrinking than by coarser encoding. */
const LOWEST_QUALITY = 30;

/**
 * Renders until the variant is within the limit: coarser first, then smaller, strictly less each time, and
 * each attempt only if the time that is left holds it. An encoder cannot be stopped.
 *
 * @param limit bytes of the encoded picture
 */
export async function fit(
  plan: RenderPlan,
  limit: number,
  render: (plan: RenderPlan) => Promise<Buffer>,
  deadline: Deadline,
): Promise<Fitted> {
  let wanted = plan;
  let detail = '';
  for (let attempts = 1; attempts <= MAX_ATTEMPTS; attempts++) {
    const current = affordable(wanted, deadline.remaining());
    if (current === undefined) {
      return {
        kind: 'none',
        reason: 'out-of-time',
        detail: `attempt ${attempts} does not fit the time left`,
      };
    }
    const bytes = await render(current);
    if (bytes.length <= limit) return { kind: 'fits', image: { bytes, plan: current, attempts } };
    detail = `${bytes.length} of ${limit} bytes after ${attempts} attempts`;
    wanted = smallerPlan(current, limit / bytes.length, attempts);
  }
  return { kind: 'none', reason: 'variant-bytes', detail };
}

/** The plan with the best encoding that the time holds; undefined where none does. */
export function affordable(plan: RenderPlan, milliseconds: number): RenderPlan | undefined {
  const { width, height } = outputSize(plan);
  const pixels = width * height * plan.frames;
  let encoding: Encoding | undefined = plan.encoding;
  while (encoding !== undefined && encodeMilliseconds(encoding, pixels) > milliseconds) {
    encoding = cheaper(encoding);
  }
  return encoding && { ...plan, encoding };
}

/**
 * The next attempt after one that was too big.
 *
 * @param ratio limit ÷ bytes of the last attempt, below 1
 * @param attempts made so far
 */
export function smallerPlan(plan: RenderPlan, ratio: number, attempts: number): RenderPlan {
  // One coarser attempt. A picture that is twice too big then, or that has no quality, has to shrink.
  if (attempts === 1 && 'quality' in plan.encoding && plan.quality > LOWEST_QUALITY && ratio > 0.4) {
    return reencoded({ ...plan, quality: Math.max(LOWEST_QUALITY, Math.floor(plan.quality * ratio)) });
  }
  // Bytes follow the area less than proportionally, so each further attempt keeps a wider margin.
  return reencoded({ ...plan, ...scaleDown(plan, Math.sqrt(ratio) * (1 - 0.1 * attempts)) });
}

/** What is smaller can afford a better encoding. */
function reencoded(plan: RenderPlan): RenderPlan {
  const encoding = chooseEncoding(plan.encoding.format, plan.quality, outputSize(plan), plan);
  return { ...plan, encoding };
}
