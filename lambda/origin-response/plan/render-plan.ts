import type { Effort } from '../../contract/settings';
import type { Encoding, Traits } from './encoding-types';
import { type Geometry, outputSize } from './geometry/geometry';
import type { Strategy } from './geometry/position';
import type { PlannedWatermark } from './watermark';

/**
 * `stored`: those of the source, which a profile turns into sRGB. `srgb`: three of 8 bits from the start, which ends
 * shrink-on-load. `grey`: one, from the start.
 */
export type WorkingChannels = 'stored' | 'srgb' | 'grey';

/** Everything that rendering does, decided before a pixel moves. */
export interface RenderPlan extends Geometry {
  /** How many frames are drawn: 1, or all of an animation that stays one. */
  readonly frames: number;
  /** How the stored pixels are turned once they are scaled: EXIF's 1…8. */
  readonly orientation: number;
  /** Whether it is sharpened a little once it is scaled. */
  readonly isSharpened: boolean;
  /** Finds the window in the pixels; the geometry's own position of it is then ignored. */
  readonly strategy: Strategy | undefined;
  /** `#rrggbb` under transparency where the format has none. */
  readonly background: string;
  /** `#rrggbb` or `#rrggbbaa` of the canvas around the window. */
  readonly canvasColour: string;
  /** One channel is enough. */
  readonly isGrey: boolean;
  /** Drawn last, on every frame. */
  readonly watermark?: PlannedWatermark;
  /** The channels that libvips works in. */
  readonly channels: WorkingChannels;
  /** A PNG may lose colours: its source has few, or it would not fit otherwise. */
  readonly isPalette: boolean;
  /** Of the drawn pixels; until they are drawn, those of a photo. */
  readonly traits: Traits;
  /** 1…100 on the product's scale; the encoding has it on its own. */
  readonly quality: number;
  readonly effort: Effort;
  readonly encoding: Encoding;
}

/** Pixels of the variant, over all frames. */
export function pixelsOf(plan: RenderPlan): number {
  const { width, height } = outputSize(plan);
  return width * height * plan.frames;
}
