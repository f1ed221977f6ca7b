import { planWithin } from './choose-encoding';
import { outputSize, scaleDown } from './geometry/geometry';
import { pixelsOf, type RenderPlan } from './render-plan';

/** An encode that had too many bytes. */
export interface Attempt {
  readonly plan: RenderPlan;
  readonly bytes: number;
}

/** Below it, a smaller picture looks better than a coarser one. */
const LOWEST_QUALITY = 30;

/** The part of the limit that the next attempt aims at. */
const AIM = 0.94;

/** What the last attempt aims at, which has to fit. */
const LAST_AIM = 0.8;

/** Attempts in all. */
export const MAX_ATTEMPTS = 4;

/** Bytes of photos by quality, of those at 80. JPEG, WebP and AVIF are alike, as numbers look equal. */
const BYTES: readonly (readonly [quality: number, bytes: number])[] = [
  [1, 0.08],
  [10, 0.2],
  [30, 0.41],
  [50, 0.58],
  [65, 0.72],
  [75, 0.87],
  [80, 1],
  [90, 1.48],
  [95, 2.13],
  [100, 4.5],
];

/** Bytes go by this power of the pixels: a smaller picture has more detail in each. */
const BYTES_PER_PIXELS = 0.85;

/** A palette's part of the bytes of true colours. */
const PALETTE_BYTES = 0.4;

/**
 * Plans the next attempt after those that had too many bytes: a PNG with a palette first, the others coarser, and then
 * smaller. Each has strictly less to encode.
 *
 * @param made attempts, at least one
 * @param limit bytes
 * @param milliseconds that are left
 * @returns undefined where no encoding fits the time
 */
export function smallerPlan(
  made: readonly Attempt[],
  limit: number,
  milliseconds: number,
): RenderPlan | undefined {
  const last = made.at(-1) as Attempt;
  const { plan } = last;
  const goal = limit * (made.length === MAX_ATTEMPTS - 1 ? LAST_AIM : AIM);
  if (plan.encoding.format === 'png' && !plan.encoding.palette) {
    const expected = last.bytes * PALETTE_BYTES;
    const sized = expected > limit ? smaller(plan, goal / expected, BYTES_PER_PIXELS) : plan;
    const withPalette = planWithin({ ...sized, isPalette: true }, milliseconds);
    if (withPalette !== undefined && 'palette' in withPalette.encoding && withPalette.encoding.palette) {
      return withPalette;
    }
  }
  if (canBeCoarser(plan)) {
    const quality = qualityFor(made, goal);
    if (quality >= LOWEST_QUALITY) return planWithin({ ...plan, quality }, milliseconds);
  }
  return planWithin(smaller(plan, goal / last.bytes, powerOf(made)), milliseconds);
}

/** Whether a coarser encoding of the same pixels may be the next attempt. */
export function canBeCoarser(plan: RenderPlan): boolean {
  return 'quality' in plan.encoding && plan.quality > LOWEST_QUALITY;
}

/** The quality below the last attempt's at which the bytes are those wanted. */
function qualityFor(made: readonly Attempt[], goal: number): number {
  const last = made.at(-1) as Attempt;
  const before = made.at(-2);
  const steepness = before === undefined ? 1 : steepnessOf(before, last);
  const part = (goal / last.bytes) ** (1 / steepness);
  const wanted = Math.floor(qualityOf(expectedBytes(last.plan.quality) * part));
  return Math.min(last.plan.quality - 1, wanted);
}

/** How this picture's bytes follow the table: 1 for a photo. */
function steepnessOf(before: Attempt, last: Attempt): number {
  const expected = Math.log(expectedBytes(last.plan.quality) / expectedBytes(before.plan.quality));
  const found = Math.log(last.bytes / before.bytes);
  if (pixelsOf(before.plan) !== pixelsOf(last.plan) || expected === 0) return 1;
  return Math.min(2, Math.max(0.4, found / expected));
}

/** The power of its pixels that this picture's bytes go by, where two attempts tell. */
function powerOf(made: readonly Attempt[]): number {
  const [before, last] = [made.at(-2), made.at(-1) as Attempt];
  if (before === undefined || before.plan.quality !== last.plan.quality) return BYTES_PER_PIXELS;
  if (before.plan.isPalette !== last.plan.isPalette) return BYTES_PER_PIXELS;
  const power = Math.log(last.bytes / before.bytes) / Math.log(pixelsOf(last.plan) / pixelsOf(before.plan));
  return Number.isFinite(power) ? Math.min(1.2, Math.max(0.5, power)) : BYTES_PER_PIXELS;
}

/** @param part of the bytes that the smaller picture may have */
function smaller(plan: RenderPlan, part: number, power: number): RenderPlan {
  const scaled = { ...plan, ...scaleDown(plan, Math.sqrt(part ** (1 / power))) };
  const [was, is] = [outputSize(plan), outputSize(scaled)];
  // A small picture may round to the size it had.
  return was.width === is.width && was.height === is.height ? { ...plan, ...scaleDown(plan, 0.9) } : scaled;
}

function expectedBytes(quality: number): number {
  return interpolate(quality, 0, 1);
}

function qualityOf(bytes: number): number {
  return interpolate(bytes, 1, 0);
}

/** Between the rows, by the exponent of the bytes. */
function interpolate(value: number, from: 0 | 1, to: 0 | 1): number {
  const read = (row: readonly [number, number], column: 0 | 1) => (column === 0 ? row[0] : Math.log(row[1]));
  const at = from === 0 ? value : Math.log(value);
  const next = Math.max(
    1,
    BYTES.findIndex((row) => read(row, from) >= at),
  );
  const [low, high] = [BYTES[next - 1], BYTES[next]] as [
    readonly [number, number],
    readonly [number, number],
  ];
  const part = (at - read(low, from)) / (read(high, from) - read(low, from));
  const found = read(low, to) + part * (read(high, to) - read(low, to));
  return to === 0 ? found : Math.exp(found);
}
