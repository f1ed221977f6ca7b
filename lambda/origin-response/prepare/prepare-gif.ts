import { type Prepared, ready } from './original';

/** A frame of one transparent pixel, and the end of the file. */
const TRANSPARENT_END = Buffer.from([
  0x21, 0xf9, 4, 1, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
]);

/**
 * libvips fills what no frame covers with black, unless a frame has a transparent colour. Where the first frame is
 * smaller than the screen, another frame brings that colour; it is never drawn.
 */
export function prepareGif(bytes: Buffer): Prepared {
  const blocks = readBlocks(bytes);
  if (blocks === undefined || blocks.isTransparent || blocks.isCovered) return ready(bytes, 'gif');
  const changed = Buffer.concat([bytes.subarray(0, blocks.trailer), TRANSPARENT_END]);
  return ready(changed, 'gif', { isChanged: true, addedFrames: 1 });
}

interface Blocks {
  /** The first frame covers the screen. */
  readonly isCovered: boolean;
  /** A frame has a transparent colour. */
  readonly isTransparent: boolean;
  /** Position of the byte that ends the file. */
  readonly trailer: number;
}

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const FRAME = 0x2c;
const TRAILER = 0x3b;

/**
 * Walks the blocks of a GIF: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 *
 * @returns undefined for a file that breaks off
 */
function readBlocks(bytes: Buffer): Blocks | undefined {
  if (bytes.length < 13) return undefined;
  const width = bytes.readUInt16LE(6);
  const height = bytes.readUInt16LE(8);
  let at = 13 + colourTableBytes(bytes.readUInt8(10));
  let isCovered: boolean | undefined;
  let isTransparent = false;
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === TRAILER) return { isCovered: isCovered !== false, isTransparent, trailer: at };
    if (kind === EXTENSION) {
      if (bytes[at + 1] === GRAPHIC_CONTROL && ((bytes[at + 3] ?? 0) & 1) === 1) isTransparent = true;
      at = endOfSubBlocks(bytes, at + 2);
    } else if (kind === FRAME && at + 10 < bytes.length) {
      const [left, top] = [bytes.readUInt16LE(at + 1), bytes.readUInt16LE(at + 3)];
      const [right, bottom] = [left + bytes.readUInt16LE(at + 5), top + bytes.readUInt16LE(at + 7)];
      isCovered ??= left === 0 && top === 0 && right >= width && bottom >= height;
      // Most GIFs are done here, without a walk through their pixels.
      if (isCovered) return { isCovered, isTransparent, trailer: at };
      at = endOfSubBlocks(bytes, at + 11 + colourTableBytes(bytes.readUInt8(at + 9)));
    } else {
      return undefined;
    }
  }
  return undefined;
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function endOfSubBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at]) at += length + 1;
  return at + 1;
}
