/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in fractions of another one's sides; it may reach beyond. */
export interface Rectangle extends Size {
  readonly left: number;
  readonly top: number;
}

export interface Point {
  /** 0 at the left, 1 at the right. */
  readonly x: number;
  /** 0 at the top, 1 at the bottom. */
  readonly y: number;
}

export const WHOLE: Rectangle = { left: 0, top: 0, width: 1, height: 1 };

/** The point that a position names, as it is seen on the picture; undefined where the edge looks for it itself. */
export function pointOf(position: string): Point | undefined {
  if (position === 'attention' || position === 'entropy') return undefined;
  const [x, y] = position.split(',').map(Number);
  if (x !== undefined && y !== undefined) {
    return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : undefined;
  }
  const along = (low: string, high: string) =>
    position.includes(low) ? 0 : position.includes(high) ? 1 : 0.5;
  return { x: along('west', 'east'), y: along('north', 'south') };
}

/**
 * Where the original lies under a variant that was cut out of it (fractions of the variant). Nothing is
 * stretched, so the variant's ratio is enough.
 */
export function underCut(original: Size, variant: Size, point: Point): Rectangle {
  const scale = Math.max(variant.width / original.width, variant.height / original.height);
  const width = (original.width * scale) / variant.width;
  const height = (original.height * scale) / variant.height;
  // The point as near the middle as the picture allows.
  const slide = (at: number, long: number) => -Math.min(Math.max(0, at * long - 0.5), long - 1);
  return { left: slide(point.x, width), top: slide(point.y, height), width, height };
}

/** Where the original lies within a variant that pads it (fractions of the variant). */
export function withinPadding(original: Size, variant: Size, point: Point): Rectangle {
  const scale = Math.min(1, variant.width / original.width, variant.height / original.height);
  const width = (original.width * scale) / variant.width;
  const height = (original.height * scale) / variant.height;
  return { left: (1 - width) * point.x, top: (1 - height) * point.y, width, height };
}

/** What of the original the variant shows, in fractions of the original. */
export function shownPart({ left, top, width, height }: Rectangle): Rectangle {
  const from = { left: Math.max(0, -left / width), top: Math.max(0, -top / height) };
  return {
    ...from,
    width: Math.min(1 - from.left, 1 / width),
    height: Math.min(1 - from.top, 1 / height),
  };
}

/** What of the original the variant shows where a part of the variant is in view, in fractions of each. */
export function seenPart(part: Rectangle, original: Rectangle): Rectangle {
  return {
    left: (part.left - original.left) / original.width,
    top: (part.top - original.top) / original.height,
    width: part.width / original.width,
    height: part.height / original.height,
  };
}

/** What decides where the original lies under a variant. */
export interface Placed {
  readonly original: Size;
  readonly variant: Size;
  /** Whether the variant was cut, and not answered with the original. */
  readonly isCropped: boolean;
  /** The part that the edge says it has cut out, in fractions of the original. */
  readonly cut: Rectangle | undefined;
  readonly values: {
    readonly w: string;
    readonly h: string;
    readonly fit: string;
    readonly position: string;
    /** What moves the picture before it is cut. */
    readonly rect?: string;
    readonly rotate?: string;
    readonly flip?: string;
    readonly trim?: string;
  };
}

/** Where the original lies under a variant; undefined where the edge chose the place and does not say which. */
export function placeOriginal({ original, variant, isCropped, cut, values }: Placed): Rectangle | undefined {
  const { w, h, fit, position } = values;
  if (!isCropped) return WHOLE;
  if (cut)
    return {
      left: -cut.left / cut.width,
      top: -cut.top / cut.height,
      width: 1 / cut.width,
      height: 1 / cut.height,
    };
  const { rect, rotate, flip, trim } = values;
  if (flip || trim || Number(rotate)) return undefined;
  const part = readRect(rect ?? '');
  const source = { width: original.width * part.width, height: original.height * part.height };
  const point = pointOf(position.toLowerCase());
  // Without a box on both sides all of the part is shown.
  if (w === '' || h === '' || fit === 'inside') return around(WHOLE, part);
  if (fit === 'contain') return around(withinPadding(source, variant, point ?? { x: 0.5, y: 0.5 }), part);
  return point && around(underCut(source, variant, point), part);
}

/** Where all of the original lies, if a part of it lies there. */
function around(there: Rectangle, part: Rectangle): Rectangle {
  const width = there.width / part.width;
  const height = there.height / part.height;
  return { left: there.left - part.left * width, top: there.top - part.top * height, width, height };
}

/** What of the picture a `rect` names: all of it where it names nothing that is there. */
export function readRect(rect: string): Rectangle {
  const [left = 0, top = 0, width = 0, height = 0] = rect.split(',').map(Number);
  const isPart = rect.split(',').length === 4 && left >= 0 && top >= 0 && width > 0 && height > 0;
  return isPart ? { left, top, width, height } : WHOLE;
}
