/**
 * A number of `quality` keeps the looks that it has as a plain JPEG of libjpeg (the standard's tables, 4:2:0, no trellis).
 * Each row has the qualities that each encoder is asked for, on its own scale. From 50 to 90 they are set by the mean
 * SSIMULACRA2 of nine photos, to a point or two: bench/README.md, `npm run bench:quality`. The rest is drawn from there.
 */
const SCALE: readonly Row[] = [
  [1, 1, 1, 1, 1],
  [5, 5, 5, 1, 1],
  [10, 12, 11, 1, 1],
  [20, 24, 22, 14.3, 23.6],
  [30, 35.5, 32, 29.5, 34],
  [40, 45.5, 41.5, 42, 40.3],
  [50, 56, 51, 55.5, 45],
  [65, 67.5, 63.5, 72, 52],
  [75, 76, 73, 80.6, 58],
  [80, 80.7, 78.5, 84, 62.5],
  [90, 91, 89.7, 92.6, 79.5],
  [95, 96, 95, 98, 89.8],
  [100, 100, 100, 100, 98.8],
];

type Row = readonly [asked: number, trellis: number, table3: number, webp: number, avif: number];

/** The quality of our JPEG, with trellis quantisation or without, 1…100. */
export function jpegQuality(asked: number, isTrellis: boolean): number {
  return Math.round(interpolate(asked, isTrellis ? 1 : 2));
}

/** The quality of a WebP, 1…100. */
export function webpQuality(asked: number): number {
  return Math.round(interpolate(asked, 3));
}

/** The quality of an AVIF, 1…100. */
export function avifQuality(asked: number): number {
  return Math.round(interpolate(asked, 4));
}

function interpolate(asked: number, column: 1 | 2 | 3 | 4): number {
  const next = SCALE.findIndex((row) => row[0] >= asked);
  const to = SCALE[next] ?? SCALE.at(-1);
  const from = SCALE[next - 1] ?? to;
  if (from === undefined || to === undefined) throw new Error('the scale has no rows');
  const part = from === to ? 0 : (asked - from[0]) / (to[0] - from[0]);
  return from[column] + part * (to[column] - from[column]);
}
