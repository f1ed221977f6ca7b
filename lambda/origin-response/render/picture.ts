import type { Encoding } from '../plan/encoding-types';
import type { RenderPlan } from '../plan/render-plan';
import type { SourceFormat, SourceImage } from '../source/source-image';

/** Reads and draws pictures. Rejects for what does not decode. */
export interface Renderer {
  /** Loads what drawing needs, so that the first picture need not wait for it. */
  load(): Promise<unknown>;
  /** Reads the header. */
  inspect(bytes: Buffer, format: SourceFormat): Promise<SourceImage>;
  /**
   * Draws the variant.
   *
   * @param bytes of the original; not to be changed while the picture is in use
   * @param keepPixels decodes once and holds the pixels, for more than one encode; else each encode decodes anew,
   *   and never holds more than a few rows
   */
  draw(bytes: Buffer, plan: RenderPlan, keepPixels: boolean): Promise<Picture>;
}

/** A drawn variant. */
export interface Picture {
  /** @param encoding in the format of the plan that was drawn */
  encode(encoding: Encoding): Promise<Buffer>;
}
