import type { Size } from '../plan/geometry/geometry';
import { type Prepared, ready } from './original';
import { transparentFrame } from './transparent-frame';

/**
 * libvips fills what no frame covers with black, unless a frame has a transparent colour; and it takes screens of the
 * sizes below for a mistake, and the first frame for the screen. Where the first frame is smaller than the screen, a
 * transparent one of the screen's size goes before it, which is never drawn. Of a frame that breaks off libvips would
 * draw what there is.
 */
export function prepareGif(bytes: Buffer): Prepared {
  const blocks = readBlocks(bytes);
  if (blocks === undefined) return ready(bytes, 'gif');
  const { start, screen, isComplete, isCovered, isTransparent } = blocks;
  if (!isComplete) return { kind: 'refused', reason: 'undecodable', detail: 'the GIF breaks off' };
  if (isCovered || (isTransparent && !isDoubted(screen))) return ready(bytes, 'gif');
  const pixels = screen.width * screen.height;
  if (pixels > MAX_PIXELS) return { kind: 'refused', reason: 'source-pixels', detail: `${pixels}` };
  const changed = Buffer.concat([bytes.subarray(0, start), transparentFrame(screen), bytes.subarray(start)]);
  return ready(changed, 'gif', { isChanged: true, skippedFrames: 1 });
}

/** What the configuration allows at most as `limits.sourcePixels`. */
const MAX_PIXELS = 500_000_000;

/** Screens that libnsgif does not believe, since old encoders wrote those of the author's monitor. */
const DOUBTED = ['640x480', '640x512', '800x600', '1024x768', '1280x1024', '1600x1200'];
const MAX_BELIEVED = 2048;

function isDoubted({ width, height }: Size): boolean {
  return DOUBTED.includes(`${width}x${height}`) || Math.max(width, height) > MAX_BELIEVED;
}

interface Blocks {
  /** The first frame covers the screen. */
  readonly isCovered: boolean;
  /** A frame has a transparent colour. */
  readonly isTransparent: boolean;
  /** Every frame has its end. */
  readonly isComplete: boolean;
  readonly screen: Size;
  /** Where the first block begins. */
  readonly start: number;
}

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const FRAME = 0x2c;

/**
 * Walks the blocks of a GIF: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 *
 * @returns undefined for a file without frames
 */
function readBlocks(bytes: Buffer): Blocks | undefined {
  if (bytes.length < 13) return undefined;
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  const start = 13 + colourTableBytes(bytes.readUInt8(10));
  let at = start;
  let isCovered: boolean | undefined;
  let isTransparent = false;
  let isComplete = true;
  while (isComplete) {
    if (bytes[at] === EXTENSION) {
      if (bytes[at + 1] === GRAPHIC_CONTROL && ((bytes[at + 3] ?? 0) & 1) === 1) isTransparent = true;
      at = endOfSubBlocks(bytes, at + 2) ?? bytes.length;
    } else if (bytes[at] === FRAME && at + 10 < bytes.length) {
      const [left, top] = [bytes.readUInt16LE(at + 1), bytes.readUInt16LE(at + 3)];
      const [right, bottom] = [left + bytes.readUInt16LE(at + 5), top + bytes.readUInt16LE(at + 7)];
      isCovered ??= left === 0 && top === 0 && right >= width && bottom >= height;
      const end = endOfSubBlocks(bytes, at + 11 + colourTableBytes(bytes.readUInt8(at + 9)));
      isComplete = end !== undefined;
      at = end ?? at;
    } else {
      // The end, with or without its mark, or what is no GIF any more.
      break;
    }
  }
  if (isCovered === undefined) return undefined;
  return { isCovered, isTransparent, isComplete, screen: { width, height }, start };
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** @returns undefined where the file ends before they do */
function endOfSubBlocks(bytes: Buffer, from: number): number | undefined {
  let at = from;
  for (let length = bytes[at]; length !== undefined; length = bytes[at]) {
    at += length + 1;
    if (length === 0) return at;
  }
  return undefined;
}
