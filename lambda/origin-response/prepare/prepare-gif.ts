import { type Prepared, ready } from './original';

/** A frame of one transparent pixel, and the end of the file. */
const TRANSPARENT_END = Buffer.from([
  0x21, 0xf9, 4, 1, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
]);

/**
 * libvips fills what no frame covers with black, unless a frame has a transparent colour. Where the first frame is
 * smaller than the screen, another frame brings that colour; it is never drawn. Of a frame that breaks off libvips
 * would draw what there is.
 */
export function prepareGif(bytes: Buffer): Prepared {
  const blocks = readBlocks(bytes);
  if (blocks === undefined) return ready(bytes, 'gif');
  if (!blocks.isComplete) return { kind: 'refused', reason: 'undecodable', detail: 'the GIF breaks off' };
  if (blocks.isCovered || blocks.isTransparent) return ready(bytes, 'gif');
  const changed = Buffer.concat([bytes.subarray(0, blocks.end), TRANSPARENT_END]);
  return ready(changed, 'gif', { isChanged: true, addedFrames: 1 });
}

interface Blocks {
  /** The first frame covers the screen. */
  readonly isCovered: boolean;
  /** A frame has a transparent colour. */
  readonly isTransparent: boolean;
  /** Every frame has its end. */
  readonly isComplete: boolean;
  /** Behind the last block. */
  readonly end: number;
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
  let at = 13 + colourTableBytes(bytes.readUInt8(10));
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
  return isCovered === undefined ? undefined : { isCovered, isTransparent, isComplete, end: at };
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
