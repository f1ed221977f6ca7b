import { deflateSync } from 'node:zlib';
import { compass, noise } from '../../conformance/objects/draw';
import { saying } from './heic';

/** A PNG of any size that a header can say, black, in as few bytes as zlib makes of it. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return png([
    ['IHDR', header],
    ['IDAT', deflateSync(rows)],
    ['IEND', Buffer.alloc(0)],
  ]);
}

/** A small PNG with a text that is a hundred megabytes when it is inflated. */
export function textBomb(): Buffer {
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0]);
  const text = Buffer.concat([Buffer.from('comment\0\0'), deflateSync(Buffer.alloc(100_000_000))]);
  return png([
    ['IHDR', header],
    ['zTXt', text],
    ['IDAT', deflateSync(Buffer.alloc(9 * 8))],
    ['IEND', Buffer.alloc(0)],
  ]);
}

/** A GIF of many frames, each a pixel on a canvas of the given size. */
export function gifOfFrames(frames: number, side: number): Buffer {
  const screen = Buffer.from([
    ...Buffer.from('GIF89a'),
    side & 255,
    side >> 8,
    side & 255,
    side >> 8,
    0x80,
    0,
    0,
    0,
    0,
    0,
    255,
    255,
    255,
  ]);
  const frame = Buffer.from([
    0x21, 0xf9, 4, 0, 5, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0,
  ]);
  return Buffer.concat([screen, ...Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])]);
}

/** A small AVIF whose header says another size. */
export async function avifThatSays(width: number, height: number): Promise<Buffer> {
  return saying(await compass(16, 16).avif({ effort: 0 }).toBuffer(), width, height);
}

/** A JPEG whose colour profile is noise. */
export async function jpegWithBrokenProfile(): Promise<Buffer> {
  const jpeg = await compass(80, 60).jpeg().toBuffer();
  const profile = Buffer.concat([
    Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'),
    await noise(20, 20).raw().toBuffer(),
  ]);
  const marker = Buffer.from([0xff, 0xe2, 0, 0]);
  marker.writeUInt16BE(profile.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, profile, jpeg.subarray(2)]);
}

/** A JPEG whose frame header says that it has no pixels. */
export async function jpegOfNothing(): Promise<Buffer> {
  const jpeg = await compass(80, 60).jpeg().toBuffer();
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  jpeg.fill(0, frame + 5, frame + 9);
  return jpeg;
}

/** zlib's own came to Node after 20.9. */
function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function png(chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  });
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}
