import type { CropRequest } from './crop-request';
import { negotiate } from './negotiate';
import { normalise } from './normalise';
import { VERSION } from './parameters/table';
import type { QueryPair } from './query';
import { type Box, type CropParams, resolve, scaleBox } from './resolve';
import type { Lockable, Settings } from './settings';

/** What the viewer-request function knows beside the query. */
export type CacheQuerySettings = Pick<Settings, 'types' | 'quality' | 'auto' | 'snap' | 'v'>;

/**
 * The query that stands for a crop in the cache key and before the Lambda: the type expanded, `dpr` folded
 * in, snapped, `auto` settled, defaults dropped, `v` added. Every spelling of one crop gives one text.
 *
 * @param accept the viewer's `Accept` header
 */
export function cacheQuery(request: CropRequest, accept: string, settings: CacheQuerySettings): string {
  const defaults = resolve({ t: request.t }, settings);
  const type = settings.types[request.t];
  const locked = type === undefined || type.locked === undefined ? [] : type.locked;
  const crop = settle(snap(resolve(request, settings), settings.snap, locked), accept, settings);
  const kept: QueryPair[] = [{ name: 't', value: encodeURIComponent(crop.t) }];
  const names = ['w', 'h', 'format', 'quality', 'fit', 'position'] as const;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as (typeof names)[number];
    const value = crop[name];
    if (value !== undefined && value !== defaults[name]) kept.push({ name, value: String(value) });
  }
  return `${normalise(kept)}&${VERSION}=${settings.v}`;
}

/** Puts what `Accept` makes of `auto` in its place. */
function settle(crop: CropParams, accept: string, settings: CacheQuerySettings): CropParams {
  if (crop.format !== 'auto') return crop;
  const format = negotiate(accept, settings.auto);
  // Nothing said means the source's own format, but where the type has one it has to be said.
  const own = settings.types[crop.t]?.format === undefined ? undefined : format;
  return Object.assign({}, crop, { format: format === 'auto' ? own : format });
}

/**
 * Rounds up to the configured steps, so that nobody can order every size there is. What is locked stays:
 * nobody can order another, and the Lambda refuses it.
 */
function snap(crop: CropParams, steps: Settings['snap'], locked: readonly Lockable[]): CropParams {
  const every = steps.quality === undefined || locked.indexOf('quality') >= 0 ? 1 : steps.quality;
  const quality = Math.min(100, Math.ceil(crop.quality / every) * every);
  return Object.assign({}, crop, snapBox(crop, steps, locked), { quality });
}

/** One factor serves both sides, so that the ratio stays; where both have steps, the width decides. */
function snapBox(box: Box, steps: Settings['snap'], locked: readonly Lockable[]): Box {
  const isLockedW = locked.indexOf('w') >= 0;
  if (isLockedW || locked.indexOf('h') >= 0) return snapFreeSide(box, steps, isLockedW ? 'h' : 'w', locked);
  if (box.w !== undefined && steps.w !== undefined) return scaleBox(box, nextStep(box.w, steps.w) / box.w);
  if (box.h !== undefined && steps.h !== undefined) return scaleBox(box, nextStep(box.h, steps.h) / box.h);
  return {};
}

/** Beside a locked side there is no ratio to keep. */
function snapFreeSide(box: Box, steps: Settings['snap'], side: 'w' | 'h', locked: readonly Lockable[]): Box {
  const pixels = box[side];
  const allowed = steps[side];
  if (pixels === undefined || allowed === undefined || locked.indexOf(side) >= 0) return {};
  const snapped: { w?: number; h?: number } = {};
  snapped[side] = nextStep(pixels, allowed);
  return snapped;
}

/** The smallest step that is not below; above the largest, the largest. */
function nextStep(value: number, steps: readonly number[]): number {
  let next = Math.max.apply(null, steps as number[]);
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number;
    if (step >= value && step < next) next = step;
  }
  return next;
}
