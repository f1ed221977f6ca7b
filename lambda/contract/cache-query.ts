import type { CropRequest } from './crop-request';
import { negotiate } from './negotiate';
import type { Parameter } from './parameters/parameter';
import { PARAMETERS, VERSION } from './parameters/table';
import { type Box, BUILT_IN, type CropParams, resolve, scaleBox } from './resolve';
import type { FunctionSettings, Lockable } from './settings';
import { versionOf } from './version';

/** The settings that the cache query depends on. */
export type CacheQuerySettings = Pick<
  FunctionSettings,
  'types' | 'quality' | 'auto' | 'snap' | 'v' | 'typeVersions'
>;

/**
 * The query of a crop as the cache key and the Lambda see it: the type expanded, `dpr` folded in, snapped, `auto`
 * negotiated, built-in defaults dropped, `v` added. Every spelling of one crop gives the same query.
 *
 * What the configuration says is written out. So a change of it changes the keys of just those crops that it changes.
 *
 * @param accept the viewer's `Accept` header
 */
export function cacheQuery(request: CropRequest, accept: string, settings: CacheQuerySettings): string {
  const type = settings.types[request.t];
  const locked = type === undefined || type.locked === undefined ? [] : type.locked;
  const crop = negotiateFormat(snap(resolve(request, settings), settings.snap, locked), accept, settings);
  const builtIn: Partial<CropParams> = BUILT_IN;
  let query = `t=${encodeURIComponent(crop.t)}&`;
  for (let i = 1; i < PARAMETERS.length; i++) {
    // `dpr` is folded in.
    const name = (PARAMETERS[i] as Parameter).name as keyof CropParams;
    const value = crop[name];
    if (value !== undefined && value !== builtIn[name]) query += `${name}=${value}&`;
  }
  return `${query}${VERSION}=${versionOf(crop.t, settings)}`;
}

/** Replaces `auto` by the format that the viewer's `Accept` selects. */
function negotiateFormat(crop: CropParams, accept: string, settings: CacheQuerySettings): CropParams {
  if (crop.format !== 'auto') return crop;
  const format = negotiate(accept, settings.auto);
  // No format means the source's own.
  return Object.assign({}, crop, { format: format === 'auto' ? undefined : format });
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
