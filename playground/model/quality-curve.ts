/** What one render came to. */
export interface Sample {
  readonly quality: number;
  readonly bytes: number;
}

/** The qualities that are rendered for a curve, in their order. */
export const QUALITIES: readonly number[] = [30, 40, 50, 60, 70, 80, 90];

/** The formats whose bytes follow their quality. */
export const LOSSY: readonly string[] = ['jpeg', 'webp', 'avif'];

/** The space a chart is drawn in; the axes lie on its left and lower edges. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  /** Bytes at the upper edge. */
  readonly most: number;
}

/** The corners of a curve, as SVG's `points` has them. */
export function pointsOf(samples: readonly Sample[], plot: Plot): string {
  return samples.map(({ quality, bytes }) => `${across(quality, plot)},${up(bytes, plot)}`).join(' ');
}

export function across(quality: number, { width }: Plot): number {
  const [first = 0, last = 100] = [QUALITIES[0], QUALITIES.at(-1)];
  return Math.round(((quality - first) / (last - first)) * width);
}

export function up(bytes: number, { height, most }: Plot): number {
  return Math.round(height * (1 - bytes / most));
}

/** A round number of bytes that is not below any sample. */
export function roundAbove(bytes: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, bytes)));
  return [1, 2, 5, 10].map((step) => step * power).find((round) => round >= bytes) ?? bytes;
}
