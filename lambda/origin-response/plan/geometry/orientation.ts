import type { Flip } from '../../../contract/parameters/table';
import type { Point, Size, Window } from './geometry';

/** A way to lay a picture: mirrored left to right first, if at all, then turned clockwise by quarters. */
interface Turn {
  readonly isMirrored: boolean;
  readonly quarters: number;
}

/** What makes stored pixels upright, by EXIF's orientation. */
const TURNS: Readonly<Record<number, Turn>> = {
  1: { isMirrored: false, quarters: 0 },
  2: { isMirrored: true, quarters: 0 },
  3: { isMirrored: false, quarters: 2 },
  4: { isMirrored: true, quarters: 2 },
  5: { isMirrored: true, quarters: 3 },
  6: { isMirrored: false, quarters: 1 },
  7: { isMirrored: true, quarters: 1 },
  8: { isMirrored: false, quarters: 3 },
};

/**
 * One of EXIF's orientations that turns and mirrors as the stored one, `rotate` and `flip` do, in this order.
 *
 * @param rotate degrees clockwise, a multiple of 90
 */
export function turnOrientation(orientation: number, rotate: number, flip: Flip | undefined): number {
  const { isMirrored, quarters } = TURNS[orientation] ?? { isMirrored: false, quarters: 0 };
  const turned = quarters + rotate / 90;
  // Upside down is left to right and half a turn; mirroring changes the direction of what was turned before.
  const isFlipped = flip === 'h' || flip === 'v';
  const halves = flip === 'v' || flip === 'hv' ? 2 : 0;
  const wanted = { isMirrored: isMirrored !== isFlipped, quarters: (isFlipped ? -turned : turned) + halves };
  const found = Object.entries(TURNS).find(
    ([, turn]) => turn.isMirrored === wanted.isMirrored && (turn.quarters - wanted.quarters) % 4 === 0,
  );
  return Number(found?.[0] ?? 1);
}

/** EXIF's orientations from 5 on swap width and height. */
export function isOnItsSide(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/** The sides with, or without, an orientation. */
export function swapSides({ width, height }: Size, orientation: number): Size {
  return isOnItsSide(orientation) ? { width: height, height: width } : { width, height };
}

/**
 * Where a part of the stored picture is once it is upright.
 *
 * @param stored size of the stored picture
 */
export function turnWindow(window: Window, stored: Size, orientation: number): Window {
  const { isMirrored, quarters } = TURNS[orientation] ?? { isMirrored: false, quarters: 0 };
  let turned = isMirrored ? { ...window, left: stored.width - window.left - window.width } : window;
  let outer = stored;
  for (let quarter = 0; quarter < quarters; quarter++) {
    const { left, top, width, height } = turned;
    turned = { left: outer.height - top - height, top: left, width: height, height: width };
    outer = { width: outer.height, height: outer.width };
  }
  return turned;
}

/**
 * Where a point of the stored picture is once it is upright, in pixels.
 *
 * @param point each from 0 to 1
 */
export function turnPoint({ x, y }: Point, stored: Size, orientation: number): Point {
  const at = { left: x * stored.width, top: y * stored.height, width: 0, height: 0 };
  const { left, top } = turnWindow(at, stored, orientation);
  return { x: left, y: top };
}
