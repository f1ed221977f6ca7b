import type { Pixels } from './heic-decoder';

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/** An uncompressed TIFF of the pixels with their profile: the shortest way in which libvips takes both. */
export function encodeTiff(pixels: Pixels, profile: Buffer | undefined): Buffer {
  const { width, height, channels, bits } = pixels;
  const valueBytes = bits > 8 ? 2 : 1;
  const rowBytes = width * channels * valueBytes;
  const tags: (readonly [tag: number, type: number, values: readonly number[] | Buffer])[] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, Array<number>(channels).fill(8 * valueBytes)],
    // Not compressed; red, green and blue.
    [259, SHORT, [1]],
    [262, SHORT, [2]],
    [273, LONG, [0]],
    [277, SHORT, [channels]],
    [278, LONG, [height]],
    [279, LONG, [rowBytes * height]],
    ...(channels === 4 ? [[338, SHORT, [2]] as const] : []),
    ...(profile === undefined ? [] : [[34_675, UNDEFINED, profile] as const]),
  ];
  const directory = 8;
  const extra = directory + 2 + 12 * tags.length + 4;
  const bodies = tags.map(([, type, values]) => {
    if (Buffer.isBuffer(values)) return values;
    const body = Buffer.alloc(values.length * (type === SHORT ? 2 : 4));
    for (const [i, value] of values.entries()) {
      if (type === SHORT) body.writeUInt16LE(value, 2 * i);
      else body.writeUInt32LE(value, 4 * i);
    }
    return body;
  });
  const outside = bodies.reduce((sum, { length }) => sum + (length > 4 ? length + (length & 1) : 0), 0);
  const start = extra + outside;
  const tiff = Buffer.allocUnsafe(start + rowBytes * height);
  tiff.fill(0, 0, start);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(directory, 4);
  tiff.writeUInt16LE(tags.length, directory);
  let end = extra;
  for (const [i, [tag, type, values]] of tags.entries()) {
    const at = directory + 2 + 12 * i;
    const body = bodies[i] as Buffer;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(values.length, at + 4);
    if (tag === 273) {
      tiff.writeUInt32LE(start, at + 8);
    } else if (body.length <= 4) {
      body.copy(tiff, at + 8);
    } else {
      tiff.writeUInt32LE(end, at + 8);
      body.copy(tiff, end);
      end += body.length + (body.length & 1);
    }
  }
  for (let row = 0; row < height; row++) pixels.copyRow(row, tiff, start + row * rowBytes);
  if (bits > 8) widen(tiff.subarray(start), bits);
  return tiff;
}

/** Values of 9 to 15 bits as such of 16. */
function widen(values: Buffer, bits: number): void {
  const max = 2 ** bits - 1;
  for (let at = 0; at + 1 < values.length; at += 2) {
    values.writeUInt16LE(Math.round((Math.min(max, values.readUInt16LE(at)) * 65_535) / max), at);
  }
}
