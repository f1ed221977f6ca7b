import { isDeepStrictEqual } from 'node:util';
import { MAX_SIDE } from '../../contract/parameters/table';
import type { Deadline } from '../failure/deadline';
import { planWithin } from '../plan/choose-encoding';
import type { Geometry } from '../plan/geometry/geometry';
import { pixelsOf, type RenderPlan } from '../plan/render-plan';
import { type Attempt, canBeCoarser, MAX_ATTEMPTS, smallerPlan } from '../plan/smaller-plan';
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

/** The largest still, 67 MB with alpha; an animation may have more. */
const MAX_KEPT_PIXELS = MAX_SIDE * MAX_SIDE;

/**
 * Draws the picture and encodes it until it is within the limit, strictly less each time. What the drawn pixels are like
 * decides how they are encoded. They are drawn again only where the size changes. An attempt starts only if the time left
 * is enough, because an encoder cannot be stopped.
 *
 * @param limit bytes of the encoded picture
 * @param draw is told whether to keep the pixels
 */
export async function fit(
  plan: RenderPlan,
  limit: number,
  draw: (plan: RenderPlan, keepPixels: boolean) => Promise<Picture>,
  deadline: Deadline,
): Promise<Fitted> {
  const made: Attempt[] = [];
  let drawn: { readonly picture: Picture; readonly geometry: Geometry } | undefined;
  try {
    let next = planWithin(plan, deadline.remaining());
    while (next !== undefined) {
      const geometry = geometryOf(next);
      if (drawn === undefined || !isDeepStrictEqual(drawn.geometry, geometry)) {
        // Before those of the next size are drawn.
        drawn?.picture.release();
        drawn = undefined;
        const picture: Picture = await draw(next, isWorthKeeping(next, limit, made.length));
        drawn = { picture, geometry };
        const { traits } = picture;
        next = traits === undefined ? next : planWithin({ ...next, traits }, deadline.remaining());
        if (next === undefined) break;
      }
      const bytes = await drawn.picture.encode(next.encoding);
      const attempts = made.push({ plan: next, bytes: bytes.length });
      if (bytes.length <= limit) return { kind: 'fits', image: { bytes, plan: next, attempts } };
      if (attempts === MAX_ATTEMPTS) {
        const detail = `${bytes.length} of ${limit} bytes after ${attempts} attempts`;
        return { kind: 'none', reason: 'variant-bytes', detail };
      }
      next = smallerPlan(made, limit, deadline.remaining());
    }
    const detail = `attempt ${made.length + 1} does not fit the time left`;
    return { kind: 'none', reason: 'out-of-time', detail };
  } finally {
    drawn?.picture.release();
  }
}

function geometryOf({ scaled, window, canvas }: RenderPlan): Geometry {
  return { scaled, window, ...(canvas && { canvas }) };
}

/** A still is looked at. Of an animation only a first encode with more than half a byte a pixel needs the pixels again. */
function isWorthKeeping(plan: RenderPlan, limit: number, attempts: number): boolean {
  const pixels = pixelsOf(plan);
  if (pixels > MAX_KEPT_PIXELS) return false;
  return plan.frames === 1 || (attempts === 0 && canBeCoarser(plan) && pixels / 2 > limit);
}
