import type { Sample } from '../description/sample';
import type { RawPixels } from '../plan/border';
import type { Encoding, Traits } from '../plan/encoding-types';
import type { Size } from '../plan/geometry/geometry';
import type { RenderPlan } from '../plan/render-plan';
import type { Original } from '../prepare/original';
import type { SourceImage } from '../source/source-image';

/** Reads and draws pictures. Rejects for what does not decode. */
export interface Renderer {
  /** Loads what drawing needs, so that the first picture need not wait for it. */
  load(): Promise<unknown>;
  /** Reads the header. */
  inspect(original: Original): Promise<SourceImage>;
  /**
   * Draws a small copy of the picture as it is stored.
   *
   * @param size of a frame
   * @param frames how many of them
   */
  copy(original: Original, size: Size, frames: number): Promise<RawPixels>;
  /**
   * Draws the variant.
   *
   * @param original its bytes must not change while the picture is in use
   * @param keepPixels decodes once, holds the pixels for more than one encode, and looks at those of a still; else each
   *   encode decodes anew, and never holds more than a few rows
   */
  draw(original: Original, plan: RenderPlan, keepPixels: boolean): Promise<Picture>;
  /**
   * Draws the pixels of a small variant, for what is said about it.
   *
   * @param plan of one frame
   */
  sample(original: Original, plan: RenderPlan): Promise<Sample>;
}

/** A drawn variant. */
export interface Picture {
  /** Of a still whose pixels are kept. */
  readonly traits?: Traits;
  /** @param encoding in the format of the plan that was drawn */
  encode(encoding: Encoding): Promise<Buffer>;
  /** Frees the pixels that are kept. The picture must not be used afterwards. */
  release(): void;
}
