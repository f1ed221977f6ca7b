import type { Values } from './choice';
import type { Size } from './placement';

/** What a URL asks for, in pixels. */
export interface Box {
  readonly w?: number | undefined;
  readonly h?: number | undefined;
  readonly fit: string;
}

/** What of the original is cropped from: `rect` of the turned one. Undefined where only the edge knows, after `trim`. */
export function croppedFrom(original: Size, { rect, rotate, trim }: Values): Size | undefined {
  if (trim !== '') return undefined;
  const { width, height } = original;
  const turned = Number(rotate) % 180 === 0 ? original : { width: height, height: width };
  const [x = 0, y = 0, w = 1, h = 1] = (rect || '0,0,1,1').split(',').map(Number);
  return rounded({
    width: turned.width * Math.min(w, 1 - x) || turned.width,
    height: turned.height * Math.min(h, 1 - y) || turned.height,
  });
}

/** The largest side of a variant, in pixels. */
const MAX_SIDE = 4096;

/** The size of a crop, in pixels. Nothing is enlarged: a box beyond the original keeps its shape alone. */
export function cropSize(original: Size, box: Box): Size {
  const { width, height } = original;
  const { w, h, fit } = box;
  if (w === undefined && h === undefined) return original;
  if (w === undefined || h === undefined || fit === 'inside') {
    const scale = Math.min(1, ...scalesOf(original, box));
    return rounded({ width: width * scale, height: height * scale });
  }
  if (fit === 'contain') return { width: w, height: h };
  const beyond = Math.max(1, w / width, h / height);
  return rounded({ width: w / beyond, height: h / beyond });
}

/** How many pixels the original has for each pixel of the box: a screen that is denser gains nothing. */
export function densityOf(original: Size, box: Box): number {
  const scales = scalesOf(original, box);
  if (scales.length === 0) return 1;
  const isWhole = box.fit === 'inside' || box.fit === 'contain';
  const scale = isWhole ? Math.min(...scales) : Math.max(...scales);
  const side = Math.max(box.w ?? 0, box.h ?? 0);
  return Math.min(1 / scale, MAX_SIDE / side);
}

function scalesOf({ width, height }: Size, { w, h }: Box): readonly number[] {
  return [...(w === undefined ? [] : [w / width]), ...(h === undefined ? [] : [h / height])];
}

function rounded({ width, height }: Size): Size {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}
