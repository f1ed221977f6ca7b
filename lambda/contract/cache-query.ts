import type { CropRequest } from './crop-request';
import { lockedNames } from './locked';
import { negotiate } from './negotiate';
import type { Parameter } from './parameters/parameter';
import { BLUR, PARAMETERS, POSITION, QUALITY, RECT, VERSION } from './parameters/table';
import { readValue, type Value } from './parameters/value';
import { type Box, BUILT_IN, type CropParams, resolve, scaleBox } from './resolve';
import type { FunctionSettings, Lockable } from './settings';
import { versionOf } from './version';

type Draft = { -readonly [Name in keyof CropParams]: CropParams[Name] };

/**
 * `false` in the build of the scripts for deployments without steps. They are a kilobyte smaller, and CloudFront takes
 * ten of them.
 */
declare const HAS_STEPS: boolean | undefined;

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
  const locked = lockedNames(settings.types[request.t]);
  // A crop of our own, which each step changes in place: a copy for each costs time and code.
  const crop: Draft = resolve(request, settings);
  turn(crop, locked);
  if (typeof HAS_STEPS === 'undefined' || HAS_STEPS) snap(crop, settings.snap, locked);
  negotiateFormat(crop, accept, settings);
  dropIdle(crop);
  const builtIn: Partial<CropParams> = BUILT_IN;
  let query = '';
  for (let i = 0; i < PARAMETERS.length; i++) {
    // `dpr` is folded in.
    const name = (PARAMETERS[i] as Parameter).name as keyof CropParams;
    const value = crop[name];
    if (value !== undefined && value !== builtIn[name]) query += `${name}=${value}&`;
  }
  return `${query}${VERSION}=${versionOf(request.t, settings)}`;
}

/**
 * Mirroring upside down is mirroring left to right and half a turn, so that each of the eight ways to lay a picture has
 * one spelling. Where one of the two is locked, no two spellings are the same.
 */
function turn(crop: Draft, locked: readonly Lockable[]): void {
  if (/v/.test(crop.flip as string) && !/flip|rotate/.test(locked.join())) {
    crop.rotate = (crop.rotate + 180) % 360;
    crop.flip = crop.flip === 'v' ? 'h' : undefined;
  }
}

/** Drops what changes no pixel beside the other values. */
function dropIdle(crop: Partial<Draft>): void {
  const format = crop.format as string;
  const fit = crop.w && crop.h ? crop.fit : 'inside';
  // A padded picture is not searched for what draws attention.
  const isFree = fit === 'inside' || (fit === 'contain' && /^at|^en/.test(crop.position as string));
  // A description tells what draws attention, whatever is cut.
  if (isFree && format !== 'json') delete crop.position;
  if (!crop.w || !crop.h) delete crop.fit;
  if (format === 'png' || format === 'json') delete crop.quality;
  if (/^jp|^p|^av/.test(format)) delete crop.animated;
  if (format === 'jpeg' ? crop.background === 'transparent' : fit !== 'contain' && /^[pw]|^av/.test(format)) {
    delete crop.background;
  }
}

/** Replaces `auto` by the format that the viewer's `Accept` selects. */
function negotiateFormat(crop: Draft, accept: string, settings: CacheQuerySettings): void {
  if (crop.format !== 'auto') return;
  const format = negotiate(accept, settings.auto);
  // No format means the source's own.
  crop.format = format === 'auto' ? undefined : format;
}

/**
 * Rounds to the configured steps, which bounds the number of variants. A locked value stays as it is: the Lambda
 * refuses any other.
 */
function snap(crop: Draft, steps: FunctionSettings['snap'], locked: readonly Lockable[]): void {
  Object.assign(crop, snapBox(crop, steps, locked));
  for (let i = 0; i < STEPPED.length; i++) {
    const row = STEPPED[i] as (typeof STEPPED)[number];
    const name = row.name as 'quality' | 'blur' | 'position' | 'rect';
    const step = steps[name];
    const value = crop[name];
    if (step !== undefined && value !== undefined && locked.indexOf(name) < 0) {
      (crop as Record<typeof name, Value | undefined>)[name] = snapped(row, String(value), step) || value;
    }
  }
}

const STEPPED = [QUALITY, BLUR, POSITION, RECT];

/** Rounds one number up, a point to the nearest of a grid, a part outwards; undefined for a word. */
function snapped(row: Parameter, text: string, step: number): Value | undefined {
  const numbers = text.split(',').map(Number);
  const count = numbers.length;
  const texts = numbers.map((number, i) => {
    // To the nearest, down or up; 0.3 / 0.1 is a little less than 3.
    const down = count === 2 ? 0.5 : count > 2 && i < 2 ? 1 - 1e-6 : 1e-6;
    return Math.min(
      count > 1 ? 1 : 100,
      Math.max(i > 1 ? 1 : 0, Math.ceil(number / step - down)) * step,
    ).toFixed(4);
  });
  return readValue(row, texts.join().replace(/\.0+$/, ''), true);
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
