import type { Values } from './choice';
import { type Box, cropSize } from './crop-size';
import type { Size } from './placement';

/** The box that values ask for, in the page's pixels. Values that the edge refuses ask for nothing. */
export function boxOf({ w, h, fit }: Values): Box {
  return { w: side(w), h: side(h), fit: fit.toLowerCase() || 'cover' };
}

/** The box in the screen's pixels, and the size of the crop that an original of this size gives. */
export function askedOf(original: Size, values: Values): { readonly box: Size; readonly crop: Size } {
  const { w, h, fit } = boxOf(values);
  const dpr = Number(values.dpr) || 1;
  const box = {
    fit,
    w: w && Math.round(w * dpr),
    h: h && Math.round(h * dpr),
  };
  const ratio = original.width / original.height;
  return {
    box: {
      width: box.w ?? Math.round((box.h ?? original.height) * ratio),
      height: box.h ?? Math.round((box.w ?? original.width) / ratio),
    },
    crop: cropSize(original, box),
  };
}

function side(text: string): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
