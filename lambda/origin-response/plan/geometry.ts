import { type Fit, MAX_SIDE } from '../../contract/parameters/table';

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

/** A place in a picture as fractions of its sides, 0 at the top left and 1 at the bottom right. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a picture becomes the variant: scaled as a whole, cut to the window, laid on the canvas. */
export interface Geometry {
  readonly scaled: Size;
  readonly window: Window;
  /** Where the window lies on a larger ground; absent: the window is the variant. */
  readonly canvas?: Size & { readonly left: number; readonly top: number };
}

/** What the picture has to fit, as the URL names it: sides in pixels. */
export interface Box {
  readonly w?: number;
  readonly h?: number;
  readonly fit: Fit;
}

/**
 * Places a picture in its box. Nothing is ever enlarged: where covering would need it, the picture is cut
 * to the box's aspect ratio at its own scale, and where containing would, it is padded as it is. With one
 * side or none the ratio is kept.
 *
 * @param point that stays as near the middle as the picture allows
 */
export function place(source: Size, box: Box, point: Point): Geometry {
  const { w, h, fit } = box;
  if (w === undefined || h === undefined || fit === 'inside') return whole(shrink(source, box));
  return fit === 'contain' ? contain(source, { w, h }, point) : cover(source, { w, h }, point);
}

/** The size of the variant. */
export function outputSize({ window, canvas }: Geometry): Size {
  return canvas ?? window;
}

/** The same picture at a fraction of its size, for a variant that has to be smaller. */
export function scaleDown(geometry: Geometry, factor: number): Geometry {
  const { window, canvas } = geometry;
  const size = scaleSize(window, factor);
  const scaled = {
    width: Math.max(size.width, Math.round(geometry.scaled.width * factor)),
    height: Math.max(size.height, Math.round(geometry.scaled.height * factor)),
  };
  const smaller = { scaled, window: { ...size, ...scaleOffset(window, factor, scaled, size) } };
  if (canvas === undefined) return smaller;
  const ground = {
    width: Math.max(size.width, Math.round(canvas.width * factor)),
    height: Math.max(size.height, Math.round(canvas.height * factor)),
  };
  return { ...smaller, canvas: { ...ground, ...scaleOffset(canvas, factor, ground, size) } };
}

function cover(source: Size, { w, h }: Required<Omit<Box, 'fit'>>, point: Point): Geometry {
  const scale = Math.max(w / source.width, h / source.height);
  if (scale <= 1) {
    const scaled = {
      width: Math.max(w, Math.round(source.width * scale)),
      height: Math.max(h, Math.round(source.height * scale)),
    };
    return { scaled, window: around(point, scaled, { width: w, height: h }) };
  }
  const own = Math.min(source.width / w, source.height / h);
  const cut = scaleSize({ width: w, height: h }, own);
  return { scaled: { ...source }, window: around(point, source, cut) };
}

function contain(source: Size, { w, h }: Required<Omit<Box, 'fit'>>, point: Point): Geometry {
  const inner = shrink(source, { w, h });
  if (inner.width === w && inner.height === h) return whole(inner);
  // The window slides along the ground as the point would have it, and stays on it.
  const left = Math.round((w - inner.width) * point.x);
  const top = Math.round((h - inner.height) * point.y);
  return { ...whole(inner), canvas: { width: w, height: h, left, top } };
}

/** Keeps the ratio, the sides that are given, and both sides within {@link MAX_SIDE}. */
function shrink(source: Size, box: Omit<Box, 'fit'>): Size {
  const scale = Math.min(
    1,
    Math.min(box.w ?? MAX_SIDE, MAX_SIDE) / source.width,
    Math.min(box.h ?? MAX_SIDE, MAX_SIDE) / source.height,
  );
  return scaleSize(source, scale);
}

function whole(size: Size): Geometry {
  return { scaled: size, window: { left: 0, top: 0, ...size } };
}

/** A window with the point in its middle, moved as far as it takes to lie within. */
function around(point: Point, outer: Size, inner: Size): Window {
  const slide = (at: number, long: number, short: number) =>
    Math.min(Math.max(0, Math.floor(at * long - short / 2)), long - short);
  return {
    ...inner,
    left: slide(point.x, outer.width, inner.width),
    top: slide(point.y, outer.height, inner.height),
  };
}

function scaleSize(size: Size, factor: number): Size {
  return {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  };
}

function scaleOffset(
  from: { readonly left: number; readonly top: number },
  factor: number,
  outer: Size,
  inner: Size,
) {
  return {
    left: Math.min(Math.round(from.left * factor), outer.width - inner.width),
    top: Math.min(Math.round(from.top * factor), outer.height - inner.height),
  };
}
