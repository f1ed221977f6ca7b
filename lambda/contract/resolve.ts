import type { CropRequest } from './crop-request';
import { type Fit, type Flip, type FormatParam, MAX_SIDE } from './parameters/table';
import type { FunctionSettings, TypeSettings } from './settings';

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
  /** `x,y,w,h`, each from 0 to 1. */
  readonly rect: string;
  /** 0, 90, 180 or 270 degrees clockwise. */
  readonly rotate: number;
  readonly flip?: Flip;
  /** `rrggbb` or `transparent`; absent: the settings' colour. */
  readonly background?: string;
  /** Sigma in pixels of the variant. */
  readonly blur?: number;
  /** Tolerance of 255 steps of a colour. */
  readonly trim?: number;
  readonly animated: boolean;
  readonly download: boolean;
}

export interface Box {
  readonly w?: number;
  readonly h?: number;
}

/** What an absent parameter means if neither type nor settings say otherwise. */
export const BUILT_IN: Pick<CropParams, 'quality' | 'fit' | 'rect' | 'rotate' | 'animated' | 'download'> = {
  quality: 75,
  fit: 'cover',
  rect: '0,0,1,1',
  rotate: 0,
  animated: true,
  download: false,
};

/** The strongest blur: sigma in pixels of the variant. */
const MAX_BLUR = 100;

/** Completes a cache query, in which an absent parameter is {@link BUILT_IN}, whatever is configured. */
export function resolveCacheQuery(request: CropRequest): CropParams {
  return resolve(request, { types: {}, quality: BUILT_IN.quality });
}

/** Completes a request from its type, then from the settings, and folds `dpr` into the box and the blur. */
export function resolve(
  request: CropRequest,
  settings: Pick<FunctionSettings, 'types' | 'quality'>,
): CropParams {
  const type = settings.types[request.t];
  const params: { -readonly [Name in keyof CropParams]: CropParams[Name] } & TypeSettings & { dpr?: number } =
    Object.assign({}, BUILT_IN, { quality: settings.quality }, type, request);
  const by = factorWithin(params, params.dpr === undefined ? 1 : params.dpr);
  if (params.w !== undefined) params.w = scaleSide(params.w, by);
  if (params.h !== undefined) params.h = scaleSide(params.h, by);
  if (params.blur !== undefined) params.blur = Math.min(MAX_BLUR, Math.round(params.blur * by * 10) / 10);
  delete params.dpr;
  delete (params as { locked?: unknown }).locked;
  return params;
}

/** Scales both sides by one factor, reduced where a side would pass {@link MAX_SIDE}. */
export function scaleBox(box: Box, factor: number): Box {
  const by = factorWithin(box, factor);
  const scaled: { w?: number; h?: number } = {};
  if (box.w !== undefined) scaled.w = scaleSide(box.w, by);
  if (box.h !== undefined) scaled.h = scaleSide(box.h, by);
  return scaled;
}

function factorWithin(box: Box, factor: number): number {
  const largest = Math.max(box.w === undefined ? 1 : box.w, box.h === undefined ? 1 : box.h);
  return Math.min(factor, MAX_SIDE / largest);
}

function scaleSide(pixels: number, by: number): number {
  return Math.max(1, Math.round(pixels * by));
}
