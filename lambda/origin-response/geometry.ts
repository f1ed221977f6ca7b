import { MAX_SIDE } from '../params/table';

export interface Size {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** A part of a picture, in pixels from its top left corner. */
export interface Window extends Size {
  readonly left: number;
  readonly top: number;
}

/** How a picture becomes the variant: scaled as a whole, then cut to the window. */
export interface Geometry {
  readonly scaled: Size;
  readonly window: Window;
}

/**
 * Covers a box with a picture, centred. Nothing is ever enlarged: where covering would need it, the
 * picture is cut to the box's aspect ratio at its own scale. With one side or none the ratio is kept.
 */
export function cover(source: Size, box: { readonly w?: number; readonly h?: number }): Geometry {
  if (box.w === undefined || box.h === undefined) return whole(shrink(source, box));
  const { w, h } = box;
  const scale = Math.max(w / source.width, h / source.height);
  if (scale <= 1) {
    const scaled = {
      width: Math.max(w, Math.round(source.width * scale)),
      height: Math.max(h, Math.round(source.height * scale)),
    };
    return { scaled, window: centred(scaled, { width: w, height: h }) };
  }
  const own = Math.min(source.width / w, source.height / h);
  const cut = { width: atLeastOne(w * own), height: atLeastOne(h * own) };
  return { scaled: source, window: centred(source, cut) };
}

/** The same picture at a fraction of its size, for a variant that has to be smaller. */
export function scaleDown(geometry: Geometry, factor: number): Geometry {
  const { scaled, window } = geometry;
  const size = { width: atLeastOne(window.width * factor), height: atLeastOne(window.height * factor) };
  const whole = {
    width: Math.max(size.width, Math.round(scaled.width * factor)),
    height: Math.max(size.height, Math.round(scaled.height * factor)),
  };
  return {
    scaled: whole,
    window: {
      ...size,
      left: Math.min(Math.round(window.left * factor), whole.width - size.width),
      top: Math.min(Math.round(window.top * factor), whole.height - size.height),
    },
  };
}

/** Keeps the ratio, the side that is given, and both sides within {@link MAX_SIDE}. */
function shrink(source: Size, box: { readonly w?: number; readonly h?: number }): Size {
  const scale = Math.min(
    1,
    Math.min(box.w ?? MAX_SIDE, MAX_SIDE) / source.width,
    Math.min(box.h ?? MAX_SIDE, MAX_SIDE) / source.height,
  );
  return { width: atLeastOne(source.width * scale), height: atLeastOne(source.height * scale) };
}

function whole(size: Size): Geometry {
  return { scaled: size, window: { left: 0, top: 0, ...size } };
}

function centred(outer: Size, inner: Size): Window {
  return {
    ...inner,
    left: Math.floor((outer.width - inner.width) / 2),
    top: Math.floor((outer.height - inner.height) / 2),
  };
}

function atLeastOne(pixels: number): number {
  return Math.max(1, Math.round(pixels));
}
