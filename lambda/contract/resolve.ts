import type { CropRequest } from './crop-request';
import { type Fit, type FormatParam, MAX_SIDE } from './parameters/table';
import type { FunctionSettings } from './settings';

/** A complete crop: only what depends on the source is open. */
export interface CropParams {
  readonly t: string;
  /** Width of the box in pixels. */
  readonly w?: number;
  /** Height of the box in pixels. */
  readonly h?: number;
  /** Absent: the source's own format. */
  readonly format?: FormatParam;
  readonly quality: number;
  readonly fit: Fit;
  /** A word of the table, or `x,y` with both from 0 to 1. Absent: the object's focal point, else the centre. */
  readonly position?: string;
}

export interface Box {
  readonly w?: number;
  readonly h?: number;
}

/** What an absent parameter means if neither type nor settings say otherwise. */
export const BUILT_IN: { readonly quality: number; readonly fit: Fit } = { quality: 75, fit: 'cover' };

/** Completes a cache query, in which an absent parameter is {@link BUILT_IN}, whatever is configured. */
export function resolveCacheQuery(request: CropRequest): CropParams {
  return resolve(request, { types: {}, quality: BUILT_IN.quality });
}

/** Completes a request from its type, then from the settings, and folds `dpr` into the box. */
export function resolve(
  request: CropRequest,
  settings: Pick<FunctionSettings, 'types' | 'quality'>,
): CropParams {
  const defaults = { quality: settings.quality };
  const filled = Object.assign({}, BUILT_IN, defaults, settings.types[request.t], request);
  const params: CropParams & {
    dpr?: number;
    background?: string;
    effort?: string;
    locked?: unknown;
    watermark?: unknown;
  } = Object.assign({}, filled);
  delete params.dpr;
  delete params.background;
  delete params.effort;
  delete params.locked;
  delete params.watermark;
  return Object.assign(params, scaleBox(filled, filled.dpr === undefined ? 1 : filled.dpr));
}

/** Scales both sides by one factor, reduced where a side would pass {@link MAX_SIDE}. */
export function scaleBox(box: Box, factor: number): Box {
  const largest = Math.max(box.w === undefined ? 1 : box.w, box.h === undefined ? 1 : box.h);
  const by = Math.min(factor, MAX_SIDE / largest);
  const scaled: { w?: number; h?: number } = {};
  if (box.w !== undefined) scaled.w = Math.max(1, Math.round(box.w * by));
  if (box.h !== undefined) scaled.h = Math.max(1, Math.round(box.h * by));
  return scaled;
}
