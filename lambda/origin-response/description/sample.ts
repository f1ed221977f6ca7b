import type { Point } from '../plan/geometry/geometry';

/** The pixels of a variant. */
export interface Sample {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, not premultiplied. */
  readonly rgba: Buffer;
  /** What draws attention, where the plan asks for it. */
  readonly attention?: Point;
}
