import type { Fit, Flip, FormatParam } from './parameters/table';

/** What a query asks for, as far as the viewer said it. */
export interface CropRequest {
  /** A type of the configuration. */
  readonly t: string;
  /** Width of the box in pixels, 1…4096. */
  readonly w?: number;
  /** Height of the box in pixels, 1…4096. */
  readonly h?: number;
  readonly format?: FormatParam;
  /** 1…100. */
  readonly quality?: number;
  readonly fit?: Fit;
  /** A word of the table, or `x,y` with both from 0 to 1. */
  readonly position?: string;
  /** 1…3. */
  readonly dpr?: number;
  /** `x,y,w,h`, each from 0 to 1: the part of the upright original that is cropped from. */
  readonly rect?: string;
  /** 0, 90, 180 or 270 degrees clockwise, after EXIF. */
  readonly rotate?: number;
  /** After `rotate`. */
  readonly flip?: Flip;
  /** `rrggbb` or `transparent`. */
  readonly background?: string;
  /** Sigma in pixels of the page, 0.3…100. */
  readonly blur?: number;
  /** Tolerance of 255 steps of a colour, 1…100. */
  readonly trim?: number;
  readonly animated?: boolean;
  readonly download?: boolean;
}
