/**
 * Quality is on JPEG's scale: at equal numbers JPEG, WebP and AVIF have the same mean SSIM of luma, here
 * within 0.002 from 30 to 95, over 28 crops of photos, with the settings of `chooseEncoding`. Printed by
 * `npm run bench:quality`. Below 15 WebP and AVIF look better than such a JPEG even at their own 1.
 *
 * Each row: JPEG's quality, WebP's and AVIF's own; then the mean SSIM of the three, and how far the picture
 * that differs most is from its JPEG (a grainy one: AVIF smooths grain at low quality, WebP keeps it).
 */
const SCALE: readonly Row[] = [
  [1, 1, 1], // 0.7237 0.8855 0.8786, worst +0.286 +0.272
  [5, 1, 1], // 0.7724 0.8855 0.8786, worst +0.178 +0.171
  [10, 1, 1], // 0.8448 0.8855 0.8786, worst +0.079 -0.087
  [15, 1, 3], // 0.8833 0.8855 0.8856, worst -0.066 -0.139
  [20, 4.9, 11.7], // 0.9055 0.9064 0.9062, worst -0.041 -0.111
  [25, 10.4, 19.4], // 0.9206 0.9201 0.9183, worst -0.026 -0.100
  [30, 15.9, 25], // 0.9309 0.9312 0.9289, worst -0.024 -0.090
  [35, 21.2, 28.9], // 0.9387 0.9384 0.9374, worst -0.024 -0.072
  [40, 26.5, 32.9], // 0.9449 0.9454 0.9436, worst +0.038 -0.063
  [45, 31.1, 36.1], // 0.9495 0.9497 0.9493, worst +0.045 -0.050
  [50, 35.9, 38.2], // 0.9536 0.9537 0.9521, worst +0.048 -0.050
  [55, 41.3, 40.4], // 0.9575 0.9572 0.9570, worst +0.052 -0.037
  [60, 46.7, 43.2], // 0.9607 0.9610 0.9594, worst +0.057 -0.038
  [65, 55.2, 46.1], // 0.9647 0.9644 0.9655, worst +0.057 -0.019
  [70, 63.8, 48.7], // 0.9683 0.9684 0.9693, worst +0.057 -0.016
  [75, 73.6, 51.8], // 0.9723 0.9722 0.9726, worst +0.057 -0.013
  [80, 79.2, 56.3], // 0.9769 0.9767 0.9766, worst +0.053 -0.008
  [85, 83.8, 62.5], // 0.9811 0.9813 0.9813, worst +0.048 +0.009
  [89, 87.9, 68], // 0.9848 0.9849 0.9848, worst +0.038 +0.014
  [90, 89.3, 71.6], // 0.9860 0.9857 0.9861, worst +0.035 +0.016
  [95, 95.9, 85.8], // 0.9912 0.9913 0.9909, worst +0.018 +0.010
  [100, 100, 98.8], // 0.9984 0.9933 0.9977, worst -0.009 -0.002
];

type Row = readonly [jpeg: number, webp: number, avif: number];

/** WebP's own quality that looks like a JPEG's, 1…100. */
export function webpQuality(jpeg: number): number {
  return Math.round(interpolate(jpeg, 1));
}

/** AVIF's own quality that looks like a JPEG's, 1…100. */
export function avifQuality(jpeg: number): number {
  return Math.round(interpolate(jpeg, 2));
}

function interpolate(jpeg: number, column: 1 | 2): number {
  const next = SCALE.findIndex((row) => row[0] >= jpeg);
  const to = SCALE[next] ?? SCALE.at(-1);
  const from = SCALE[next - 1] ?? to;
  if (from === undefined || to === undefined) throw new Error('the scale has no rows');
  const part = from === to ? 0 : (jpeg - from[0]) / (to[0] - from[0]);
  return from[column] + part * (to[column] - from[column]);
}
