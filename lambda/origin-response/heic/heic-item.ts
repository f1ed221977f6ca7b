import type { Size } from '../plan/geometry/geometry';
import type { HeicLayout } from './heic-layout';

/** Which of the pictures in a HEIC is decoded. */
export type HeicItem = 'primary' | 'thumbnail';

/** Sides of one ratio may differ by a pixel where they were rounded. */
const ROUNDING = 1;

/**
 * The thumbnail, where it holds all the pixels that are needed.
 *
 * @param size of the primary picture, upright
 * @param scaled the size that the whole picture is scaled to
 */
export function chooseHeicItem({ thumbnail }: HeicLayout, size: Size, scaled: Size): HeicItem {
  if (thumbnail === undefined) return 'primary';
  const isSameRatio =
    Math.abs(thumbnail.width - (thumbnail.height * size.width) / size.height) <= ROUNDING ||
    Math.abs(thumbnail.height - (thumbnail.width * size.height) / size.width) <= ROUNDING;
  const isEnough = scaled.width <= thumbnail.width && scaled.height <= thumbnail.height;
  return isSameRatio && isEnough ? 'thumbnail' : 'primary';
}

/**
 * Milliseconds of one vCPU per megapixel that the decoder takes at worst: 1.5 times what was measured. A grid of
 * tiles took 150 (a phone's 8.5 megapixels), one piece 450.
 */
const RATES = { tiled: 230, untiled: 680 } as const;

/** A decode that would take longer than this is not begun, in milliseconds: the decoder cannot be stopped. */
export const LONGEST_DECODE = 20_000;

/** How long the decoder takes at worst, in milliseconds. */
export function decodeMilliseconds({ isTiled }: HeicLayout, { width, height }: Size): number {
  return ((isTiled ? RATES.tiled : RATES.untiled) * width * height) / 1_000_000;
}
