/**
 * A number of `quality` keeps the looks that it has as a plain JPEG of libjpeg (the standard's tables, 4:2:0, no trellis).
 * Each row has the qualities that each encoder is asked for, on its own scale. From 30 to 95 they give the mean
 * SSIMULACRA2 of twelve photos to a point: bench/README.md, `npm run bench:quality`. The rest is drawn from there. What
 * WebP and AVIF need depends on the size of the picture, JPEG does not.
 */
const SCALE: readonly Row[] = [
  [1, 1, 1, [1, 1], [1, 1]],
  [5, 5, 5, [1, 1], [1, 1]],
  [10, 12, 11, [1, 1], [1, 1]],
  [20, 23.5, 22, [15, 8], [23, 14]],
  [30, 34, 32.4, [32.6, 23.8], [32.2, 24.1]],
  [40, 45.4, 43, [47.9, 40.7], [39.1, 32.6]],
  [50, 55.8, 53, [61.2, 58.7], [44.4, 39.6]],
  [65, 69, 66.2, [76.1, 77.5], [50.9, 48]],
  [75, 76.1, 74.3, [81.4, 84.4], [57.6, 58]],
  [80, 81.6, 79.5, [84.6, 87.9], [63.1, 66.1]],
  [85, 86.3, 84.8, [87.9, 91], [68.8, 73.5]],
  [90, 90.9, 89.6, [92.3, 94.7], [75.8, 82]],
  [95, 95.8, 95, [99.4, 100], [84, 90]],
  [100, 100, 100, [100, 100], [98.8, 98.8]],
];

type Row = readonly [
  asked: number,
  trellis: number,
  table3: number,
  webp: readonly [small: number, large: number],
  avif: readonly [small: number, large: number],
];

/** The sizes of the columns, in pixels: 400×300 and 1200×900. Between them a column is a line over the logarithm. */
const [SMALL, LARGE] = [400 * 300, 1200 * 900];

/** The quality of our JPEG, with trellis quantisation or without, 1…100. */
export function jpegQuality(asked: number, isTrellis: boolean): number {
  return interpolate(asked, (row) => row[isTrellis ? 1 : 2]);
}

/**
 * The quality of a WebP, 1…100.
 *
 * @param pixels of a frame
 */
export function webpQuality(asked: number, pixels: number): number {
  return interpolate(asked, (row) => atSize(row[3], pixels));
}

/**
 * The quality of an AVIF, 1…100.
 *
 * @param pixels of a frame
 */
export function avifQuality(asked: number, pixels: number): number {
  return interpolate(asked, (row) => atSize(row[4], pixels));
}

function atSize([small, large]: readonly [number, number], pixels: number): number {
  const part = Math.log(pixels / SMALL) / Math.log(LARGE / SMALL);
  return small + Math.min(1, Math.max(0, part)) * (large - small);
}

function interpolate(asked: number, column: (row: Row) => number): number {
  const next = SCALE.findIndex((row) => row[0] >= asked);
  const to = SCALE[next] ?? SCALE.at(-1);
  const from = SCALE[next - 1] ?? to;
  if (from === undefined || to === undefined) throw new Error('the scale has no rows');
  const part = from === to ? 0 : (asked - from[0]) / (to[0] - from[0]);
  return Math.round(column(from) + part * (column(to) - column(from)));
}
