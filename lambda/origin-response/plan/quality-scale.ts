/**
 * Quality is on JPEG's scale: at equal numbers JPEG, WebP and AVIF have the same mean SSIM of luma, within 0.002
 * from 30 to 95, over 28 crops of photos, with the settings of `bestEncoding`. Printed by `npm run bench:quality`.
 * Below 12, WebP and AVIF look better than the JPEG even at their own 1.
 *
 * Each row: the quality of JPEG, WebP and AVIF, each on its own scale. The comment has the mean SSIM of the three,
 * and the largest difference of a single picture from its JPEG (a grainy one: at low quality AVIF smooths grain,
 * WebP keeps it).
 */
const SCALE: readonly Row[] = [
  [1, 1, 1], // 0.7288 0.8855 0.8786, worst +0.258 +0.256
  [5, 1, 1], // 0.8032 0.8855 0.8786, worst +0.145 +0.141
  [10, 1, 1], // 0.8756 0.8855 0.8786, worst -0.084 -0.184
  [15, 6.2, 13.8], // 0.9097 0.9098 0.9101, worst -0.062 -0.134
  [20, 14.3, 23.6], // 0.9281 0.9280 0.9289, worst -0.032 -0.101
  [25, 22, 29.5], // 0.9396 0.9397 0.9374, worst -0.028 -0.091
  [30, 29.2, 34.8], // 0.9476 0.9474 0.9493, worst +0.028 -0.056
  [35, 35.6, 38.1], // 0.9534 0.9537 0.9521, worst +0.038 -0.060
  [40, 41.1, 40.3], // 0.9574 0.9572 0.9570, worst +0.041 -0.048
  [45, 47.6, 43.6], // 0.9612 0.9614 0.9616, worst +0.049 -0.035
  [50, 53.8, 45.7], // 0.9640 0.9640 0.9655, worst +0.053 -0.018
  [55, 59.7, 47.4], // 0.9665 0.9666 0.9674, worst +0.054 -0.018
  [60, 65.8, 49.3], // 0.9691 0.9692 0.9693, worst +0.053 -0.019
  [65, 73, 51.5], // 0.9720 0.9719 0.9726, worst +0.054 -0.011
  [70, 77.2, 54.2], // 0.9749 0.9749 0.9741, worst +0.052 -0.014
  [75, 80.1, 57.4], // 0.9777 0.9776 0.9766, worst +0.049 -0.011
  [80, 83.8, 62.4], // 0.9811 0.9813 0.9806, worst +0.045 +0.006
  [85, 87.7, 67.7], // 0.9846 0.9849 0.9848, worst +0.037 +0.013
  [89, 91.3, 76.6], // 0.9877 0.9875 0.9875, worst +0.027 +0.011
  [90, 92.4, 79.2], // 0.9886 0.9883 0.9883, worst +0.024 +0.010
  [95, 99.7, 89.8], // 0.9931 0.9933 0.9929, worst +0.009 +0.006
  [100, 100, 98.8], // 0.9984 0.9933 0.9977, worst -0.009 -0.002
];

type Row = readonly [jpeg: number, webp: number, avif: number];

/** The quality of a WebP that looks like a JPEG of that quality, 1…100. */
export function webpQuality(jpeg: number): number {
  return Math.round(interpolate(jpeg, 1));
}

/** The quality of an AVIF that looks like a JPEG of that quality, 1…100. */
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
