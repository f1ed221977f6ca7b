import { type Fit, MAX_SIDE } from '../../../contract/parameters/table';

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

/** A point in a picture as fractions of its sides: 0,0 is the top left corner, 1,1 the bottom right. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a picture becomes the variant: scaled, cut to the window, placed on the canvas. */
export interface Geometry {
  readonly scaled: Size;
  readonly window: Window;
  /** The part of the scaled picture that the window is in; absent: all of it. */
  readonly within?: Window;
  /** How far the variant is blurred, its sigma in pixels; absent: not at all. */
  readonly blur?: number;
  /** A larger canvas, and the position of the window on it; absent: the window is the variant. */
  readonly canvas?: Size & { readonly left: number; readonly top: number };
}

/** The box that the picture has to fit, as the URL gives it: sides in pixels. */
export interface Box {
  readonly w?: number;
  readonly h?: number;
  readonly fit: Fit;
}

/**
 * Fits a picture into its box. Nothing is ever enlarged: a picture that is too small to cover the box is cut to the
 * box's aspect ratio at its own scale, and one that is smaller than a box that contains it is padded. With one side
 * or none, the aspect ratio is kept.
 *
 * @param point to keep as near the middle as the picture allows
 */
export function fitIntoBox(source: Size, box: Box, point: Point): Geometry {
  const { w, h, fit } = box;
  if (w === undefined || h === undefined || fit === 'inside') return fullFrame(shrink(source, box));
  return fit === 'contain' ? contain(source, { w, h }, point) : cover(source, { w, h }, point);
}

/** The size of the variant. */
export function outputSize({ window, canvas }: Geometry): Size {
  return canvas ?? window;
}

/** The least sigma that libvips takes. */
const LEAST_BLUR = 0.3;

/** The same picture at a fraction of its size, for a variant that has to be smaller. */
export function scaleDown(geometry: Geometry, factor: number): Geometry {
  const { window, within, canvas, blur } = geometry;
  const size = scaleSize(window, factor);
  const scaled = {
    width: Math.max(size.width, Math.round(geometry.scaled.width * factor)),
    height: Math.max(size.height, Math.round(geometry.scaled.height * factor)),
  };
  const part = within && {
    width: Math.min(scaled.width, Math.max(size.width, Math.round(within.width * factor))),
    height: Math.min(scaled.height, Math.max(size.height, Math.round(within.height * factor))),
  };
  const smaller = {
    scaled,
    window: { ...size, ...scaleOffset(window, factor, scaled, size) },
    ...(within && part && { within: { ...part, ...scaleOffset(within, factor, scaled, part) } }),
    ...(blur !== undefined && { blur: Math.max(LEAST_BLUR, blur * factor) }),
  };
  if (canvas === undefined) return smaller;
  const smallerCanvas = {
    width: Math.max(size.width, Math.round(canvas.width * factor)),
    height: Math.max(size.height, Math.round(canvas.height * factor)),
  };
  return { ...smaller, canvas: { ...smallerCanvas, ...scaleOffset(canvas, factor, smallerCanvas, size) } };
}

function cover(source: Size, { w, h }: Required<Omit<Box, 'fit'>>, point: Point): Geometry {
  const scale = Math.max(w / source.width, h / source.height);
  if (scale <= 1) {
    const scaled = {
      width: Math.max(w, Math.round(source.width * scale)),
      height: Math.max(h, Math.round(source.height * scale)),
    };
    return { scaled, window: windowAround(point, scaled, { width: w, height: h }) };
  }
  const largest = Math.min(source.width / w, source.height / h);
  const cut = scaleSize({ width: w, height: h }, largest);
  return { scaled: { ...source }, window: windowAround(point, source, cut) };
}

function contain(source: Size, { w, h }: Required<Omit<Box, 'fit'>>, point: Point): Geometry {
  const inner = shrink(source, { w, h });
  if (inner.width === w && inner.height === h) return fullFrame(inner);
  // The point moves the window along the canvas: 0 to one edge, 1 to the other.
  const left = Math.round((w - inner.width) * point.x);
  const top = Math.round((h - inner.height) * point.y);
  return { ...fullFrame(inner), canvas: { width: w, height: h, left, top } };
}

/** Scales down to the sides that are given and to {@link MAX_SIDE}, keeping the aspect ratio. */
function shrink(source: Size, box: Omit<Box, 'fit'>): Size {
  const scale = Math.min(
    1,
    Math.min(box.w ?? MAX_SIDE, MAX_SIDE) / source.width,
    Math.min(box.h ?? MAX_SIDE, MAX_SIDE) / source.height,
  );
  return scaleSize(source, scale);
}

function fullFrame(size: Size): Geometry {
  return { scaled: size, window: { left: 0, top: 0, ...size } };
}

/** A window with the point in its middle, moved as little as needed to stay inside the picture. */
function windowAround(point: Point, outer: Size, inner: Size): Window {
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
