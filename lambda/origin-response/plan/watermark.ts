import type { Watermark } from '../../contract/settings';
import type { Size, Window } from './geometry/geometry';
import { pointOf } from './geometry/position';

/** A watermark as a plan names it: its bytes stay with the renderer. */
export interface PlannedWatermark extends Omit<Watermark, 'data'> {
  /** The type that has it. */
  readonly type: string;
  /** The variant has no transparency, with or without it. */
  readonly isOpaque: boolean;
}

/**
 * Where a watermark is drawn on a variant. It fits into a square whose side is `size` of the variant's shorter side, so
 * that a portrait and a landscape have the same.
 *
 * @returns in pixels, always within the variant
 */
export function placeWatermark(variant: Size, watermark: PlannedWatermark): Window {
  const short = Math.min(variant.width, variant.height);
  const scale = (watermark.size * short) / Math.max(watermark.width, watermark.height);
  const width = Math.min(variant.width, Math.max(1, Math.round(watermark.width * scale)));
  const height = Math.min(variant.height, Math.max(1, Math.round(watermark.height * scale)));
  const { x, y } = pointOf(watermark.position);
  const slide = (at: number, free: number) => {
    const margin = Math.min(Math.round(watermark.margin * short), Math.floor(free / 2));
    return Math.round(margin + (free - 2 * margin) * at);
  };
  return { left: slide(x, variant.width - width), top: slide(y, variant.height - height), width, height };
}
