import { isDeepStrictEqual } from 'node:util';
import { MAX_SIDE } from '../../contract/parameters/table';
import type { Deadline } from '../failure/deadline';
import { planWithin } from '../plan/choose-encoding';
import type { Geometry } from '../plan/geometry';
import { pixelsOf, type RenderPlan } from '../plan/render-plan';
import { canBeCoarser, smallerPlan } from '../plan/smaller-plan';
import type { Picture } from './picture';

/** A variant that is ready to be sent. */
export interface EncodedImage {
  readonly bytes: Buffer;
  readonly plan: RenderPlan;
  /** Encodes that it took, 1…{@link MAX_ATTEMPTS}. */
  readonly attempts: number;
}

export type Fitted =
  | { readonly kind: 'fits'; readonly image: EncodedImage }
  | { readonly kind: 'none'; readonly reason: 'variant-bytes' | 'out-of-time'; readonly detail: string };

export const MAX_ATTEMPTS = 4;

/** The largest still, 67 MB with alpha; an animation may have more. */
const MAX_KEPT_PIXELS = MAX_SIDE * MAX_SIDE;

/**
 * Draws the picture and encodes it until it is within the limit: coarser first, then smaller, strictly less each
 * time. It is drawn again only where its size changes. An attempt starts only if the time left is enough, because
 * an encoder cannot be stopped.
 *
 * @param limit bytes of the encoded picture
 * @param draw is told whether to keep the pixels for a second encode
 */
export async function fit(
  plan: RenderPlan,
  limit: number,
  draw: (plan: RenderPlan, keepPixels: boolean) => Promise<Picture>,
  deadline: Deadline,
): Promise<Fitted> {
  let attempt = planWithin(plan, deadline.remaining());
  let drawn: { readonly picture: Picture; readonly geometry: Geometry } | undefined;
  for (let attempts = 1; ; attempts++) {
    if (attempt === undefined) {
      const detail = `attempt ${attempts} does not fit the time left`;
      return { kind: 'none', reason: 'out-of-time', detail };
    }
    const geometry = geometryOf(attempt);
    if (drawn === undefined || !isDeepStrictEqual(drawn.geometry, geometry)) {
      // Frees the pixels of the last size before those of the next are drawn.
      drawn = undefined;
      drawn = { picture: await draw(attempt, isWorthKeeping(attempt, limit, attempts)), geometry };
    }
    const bytes = await drawn.picture.encode(attempt.encoding);
    if (bytes.length <= limit) return { kind: 'fits', image: { bytes, plan: attempt, attempts } };
    if (attempts === MAX_ATTEMPTS) {
      const detail = `${bytes.length} of ${limit} bytes after ${attempts} attempts`;
      return { kind: 'none', reason: 'variant-bytes', detail };
    }
    attempt = smallerPlan(attempt, limit / bytes.length, attempts, deadline.remaining());
  }
}

function geometryOf({ scaled, window, canvas }: RenderPlan): Geometry {
  return { scaled, window, ...(canvas && { canvas }) };
}

/** A first encode takes less than half a byte a pixel, unless it is noise or its quality is above 90. */
function isWorthKeeping(plan: RenderPlan, limit: number, attempts: number): boolean {
  const pixels = pixelsOf(plan);
  return canBeCoarser(plan, attempts) && pixels / 2 > limit && pixels <= MAX_KEPT_PIXELS;
}
