import type { Fit, FormatParam } from './parameters/table';

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
}
