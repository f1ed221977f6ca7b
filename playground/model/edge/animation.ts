/** Whether a GIF or WebP has more than one frame; no other format that a browser shows moves here. */
export function isAnimated(bytes: Uint8Array): boolean {
  const signature = String.fromCharCode(...bytes.subarray(0, 4));
  if (signature === 'RIFF') return hasText(bytes, 8, 'WEBPVP8X') && ((bytes[20] ?? 0) & 0b10) !== 0;
  return signature === 'GIF8' && countFrames(bytes) > 1;
}

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(at, at + text.length)) === text;
}

const IMAGE = 0x2c;
const EXTENSION = 0x21;

/** Walks over the blocks of a GIF, as its specification lays them out, and stops at the second frame. */
function countFrames(bytes: Uint8Array): number {
  let at = 13 + paletteBytes(bytes[10] ?? 0);
  let frames = 0;
  while (at < bytes.length && frames < 2) {
    if (bytes[at] === IMAGE) {
      frames++;
      at += 11 + paletteBytes(bytes[at + 9] ?? 0);
    } else if (bytes[at] === EXTENSION) at += 2;
    else break;
    while ((bytes[at] ?? 0) !== 0) at += (bytes[at] ?? 0) + 1;
    at++;
  }
  return frames;
}

function paletteBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0b111) + 1) : 0;
}
