import type { CropRequest } from './crop-request';
import { negotiate } from './negotiate';
import { normalise } from './normalise';
import { VERSION } from './parameters/table';
import type { QueryPair } from './query';
import { type Box, type CropParams, resolve, scaleBox } from './resolve';
import type { FunctionSettings, Lockable } from './settings';

/** The settings that the cache query depends on. */
export type CacheQuerySettings = Pick<FunctionSettings, 'types' | 'quality' | 'auto' | 'snap' | 'v'>;

/**
 * The query of a crop as the cache key and the Lambda see it: the type expanded, `dpr` folded in, snapped, `auto`
 * negotiated, defaults dropped, `v` added. Every spelling of one crop gives the same query.
 *
 * @param accept the viewer's `Accept` header
 */
export function cacheQuery(request: CropRequest, accept: string, settings: CacheQuerySettings): string {
  const defaults = resolve({ t: request.t }, settings);
  const type = settings.types[request.t];
  const locked = type === undefined || type.locked === undefined ? [] : type.locked;
  const crop = negotiateFormat(snap(resolve(request, settings), settings.snap, locked), accept, settings);
  const kept: QueryPair[] = [{ name: 't', value: encodeURIComponent(crop.t) }];
  const names = ['w', 'h', 'format', 'quality', 'fit', 'position'] as const;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as (typeof names)[number];
    const value = crop[name];
    if (value !== undefined && value !== defaults[name]) kept.push({ name, value: String(value) });
  }
  return `${normalise(kept)}&${VERSION}=${settings.v}`;
}

/** Replaces `auto` by the format that the viewer's `Accept` selects. */
function negotiateFormat(crop: CropParams, accept: string, settings: CacheQuerySettings): CropParams {
  if (crop.format !== 'auto') return crop;
  const format = negotiate(accept, settings.auto);
  // No format means the source's own, but only where the type has none: there `auto` has to stay.
  const isImplied = format === 'auto' && settings.types[crop.t]?.format === undefined;
  return Object.assign({}, crop, { format: isImplied ? undefined : format });
}

/**
 * Rounds up to the configured steps, which bounds the number of variants. A locked value stays as it is: the Lambda
 * refuses any other.
 */
function snap(crop: CropParams, steps: FunctionSettings['snap'], locked: readonly Lockable[]): CropParams {
  const step = steps.quality === undefined || locked.indexOf('quality') >= 0 ? 1 : steps.quality;
  const quality = Math.min(100, Math.ceil(crop.quality / step) * step);
  return Object.assign({}, crop, snapBox(crop, steps, locked), { quality });
}

/** Scales both sides by one factor, which keeps the ratio. Where both sides have steps, the width decides. */
function snapBox(box: Box, steps: FunctionSettings['snap'], locked: readonly Lockable[]): Box {
  const isLockedW = locked.indexOf('w') >= 0;
  if (isLockedW || locked.indexOf('h') >= 0) return snapFreeSide(box, steps, isLockedW ? 'h' : 'w', locked);
  if (box.w !== undefined && steps.w !== undefined) return scaleBox(box, nextStep(box.w, steps.w) / box.w);
  if (box.h !== undefined && steps.h !== undefined) return scaleBox(box, nextStep(box.h, steps.h) / box.h);
  return {};
}

/** Where the other side is locked, there is no ratio to keep. */
function snapFreeSide(
  box: Box,
  steps: FunctionSettings['snap'],
  side: 'w' | 'h',
  locked: readonly Lockable[],
): Box {
  const pixels = box[side];
  const allowed = steps[side];
  if (pixels === undefined || allowed === undefined || locked.indexOf(side) >= 0) return {};
  const snapped: { w?: number; h?: number } = {};
  snapped[side] = nextStep(pixels, allowed);
  return snapped;
}

/** The smallest step that is not below the value, else the largest step. */
function nextStep(value: number, steps: readonly number[]): number {
  let next = Math.max.apply(null, steps as number[]);
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number;
    if (step >= value && step < next) next = step;
  }
  return next;
}
