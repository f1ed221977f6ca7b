import { type Point, type Rectangle, readRect } from './placement';

/** What the edge does before it places a crop, as the controls say it. */
export interface Region {
  /** Four fractions of the turned picture; empty for all of it. */
  readonly rect: string;
  /** Degrees, clockwise. */
  readonly rotate: string;
  readonly flip: string;
}

/** The smallest part that can be drawn, in fractions of the original. */
export const SMALLEST = 0.02;

/** The part of the original that is cropped from, in fractions of the original as it is seen. */
export function partOf(region: Region): Rectangle {
  return turnBack(readRect(region.rect), region);
}

/** The `rect` that crops from this part of the original; empty for all of it. */
export function rectOf(part: Rectangle, region: Region): string {
  const { left, top, width, height } = turn(part, region);
  const from = { x: rounded(left), y: rounded(top) };
  const text = [from.x, from.y, rounded(left + width) - from.x, rounded(top + height) - from.y].map(rounded);
  return text.join() === '0,0,1,1' ? '' : text.join();
}

/** Where a point of the part that is cropped from lies on the original. */
export function onOriginal({ x, y }: Point, region: Region): Point {
  const { left, top, width, height } = readRect(region.rect);
  return pointOf(turnBack({ left: left + x * width, top: top + y * height, width: 0, height: 0 }, region));
}

/** Where a point of the original lies in the part that is cropped from; at its edge if it is outside. */
export function inRegion({ x, y }: Point, region: Region): Point {
  const rect = readRect(region.rect);
  const at = turn({ left: x, top: y, width: 0, height: 0 }, region);
  return {
    x: within((at.left - rect.left) / rect.width),
    y: within((at.top - rect.top) / rect.height),
  };
}

function turn(part: Rectangle, { rotate, flip }: Region): Rectangle {
  return mirrored(turned(part, Number(rotate)), flip);
}

function turnBack(part: Rectangle, { rotate, flip }: Region): Rectangle {
  return turned(mirrored(part, flip), 360 - Number(rotate));
}

/** The same part of a picture that is turned clockwise. */
function turned(part: Rectangle, degrees: number): Rectangle {
  const { left, top, width, height } = part;
  if (degrees === 90) return { left: 1 - top - height, top: left, width: height, height: width };
  if (degrees === 180) return { left: 1 - left - width, top: 1 - top - height, width, height };
  if (degrees === 270) return { left: top, top: 1 - left - width, width: height, height: width };
  return part;
}

function mirrored(part: Rectangle, flip: string): Rectangle {
  return {
    ...part,
    ...(flip.includes('h') && { left: 1 - part.left - part.width }),
    ...(flip.includes('v') && { top: 1 - part.top - part.height }),
  };
}

function pointOf({ left, top }: Rectangle): Point {
  return { x: left, y: top };
}

/** Nobody draws finer than a thousandth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
