import { type Box, fitIntoBox, type Geometry, type Point, type Size, type Window } from './geometry';

/**
 * The part of a picture that a `rect` names, at least one pixel.
 *
 * @param rect `x,y,w,h`, each from 0 to 1
 * @param outer what the fractions are of
 */
export function regionOf(rect: string, outer: Window): Window {
  const [x = 0, y = 0, w = 1, h = 1] = rect.split(',').map(Number);
  const [left, width] = span(x, w, outer.width);
  const [top, height] = span(y, h, outer.height);
  return { left: outer.left + left, top: outer.top + top, width, height };
}

/** Where a point is within a part: 0…1 each way, at its border if it is outside. */
export function pointWithin({ x, y }: Point, { left, top, width, height }: Window): Point {
  const clamp = (fraction: number) => Math.min(1, Math.max(0, fraction));
  return { x: clamp((x - left) / width), y: clamp((y - top) / height) };
}

function span(from: number, share: number, pixels: number): readonly [at: number, long: number] {
  const at = Math.min(Math.round(from * pixels), pixels - 1);
  return [at, Math.max(1, Math.min(pixels, Math.round((from + share) * pixels)) - at)];
}

/**
 * Fits a part of a picture into the box. The whole picture is scaled and then cut, because a decoder that makes a
 * picture smaller while it reads it is not told of parts.
 */
export function fitRegion(source: Size, region: Window, box: Box, point: Point): Geometry {
  const inner = fitIntoBox({ width: region.width, height: region.height }, box, point);
  if (region.width === source.width && region.height === source.height) return inner;
  const across = scale(source.width, region.left, inner.scaled.width, region.width);
  const down = scale(source.height, region.top, inner.scaled.height, region.height);
  const within = { left: across.at, top: down.at, ...inner.scaled };
  return {
    ...inner,
    scaled: { width: across.whole, height: down.whole },
    within,
    window: {
      ...inner.window,
      left: inner.window.left + within.left,
      top: inner.window.top + within.top,
    },
  };
}

/** Scales a side so that its part has the length wanted. */
function scale(side: number, at: number, wanted: number, part: number) {
  const factor = wanted / part;
  const whole = Math.max(wanted, Math.round(side * factor));
  return { whole, at: Math.min(Math.round(at * factor), whole - wanted) };
}
