import { encodeMilliseconds } from './encode-cost';
import { bestEncoding, cheaperEncoding } from './encoding';
import type { Encoding, EncodingRequest } from './encoding-types';
import { finishMilliseconds } from './finish-cost';
import { pixelsOf, type RenderPlan } from './render-plan';

/**
 * The encoding time that we aim for, in milliseconds of {@link encodeMilliseconds}: 2 s for noise on the machine
 * measured, and the margin. A photo takes a fifth (JPEG) to a half (AVIF) of that, so a miss of 2 megapixels is
 * answered within a second.
 */
const TARGET = 3_000;

/**
 * The longest encode that is begun, in the same milliseconds. libvips cannot be stopped inside one. Every still
 * has an encoding that is shorter; an animation of many large frames may not.
 */
export const LONGEST_ENCODE = 10_000;

/**
 * Chooses the smallest bytes that the time allows: the best encoding that takes no more than {@link TARGET}, else
 * the cheapest.
 *
 * @param pixels of the variant, over all frames
 * @param milliseconds that are left, if fewer than {@link LONGEST_ENCODE}
 * @returns undefined where even the cheapest takes longer
 */
export function chooseEncoding(
  request: EncodingRequest,
  pixels: number,
  milliseconds = LONGEST_ENCODE,
): Encoding | undefined {
  let encoding = bestEncoding(request, pixels);
  while (encodeMilliseconds(encoding, pixels) > Math.min(milliseconds, TARGET)) {
    const cheaper = cheaperEncoding(encoding);
    if (cheaper === undefined) {
      const longest = Math.min(milliseconds, LONGEST_ENCODE);
      return encodeMilliseconds(encoding, pixels) > longest ? undefined : encoding;
    }
    encoding = cheaper;
  }
  return encoding;
}

/**
 * The same picture with the encoding that the time allows.
 *
 * @returns undefined where it allows none
 */
export function planWithin(plan: RenderPlan, milliseconds: number): RenderPlan | undefined {
  const { quality, effort, isPalette, frames, traits } = plan;
  const { format } = plan.encoding;
  const left = Math.min(milliseconds, LONGEST_ENCODE) - finishMilliseconds(plan);
  const request = { format, quality, effort, isPalette, frames, traits };
  const encoding = chooseEncoding(request, pixelsOf(plan), left);
  return encoding && { ...plan, encoding };
}
