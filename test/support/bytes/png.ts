import { deflateSync } from 'node:zlib';
import { encodeChunk } from '../../../lambda/origin-response/containers/png-chunks';

export interface PngBytes {
  readonly width: number;
  readonly height: number;
  readonly bits: 1 | 2 | 4 | 8 | 16;
  /** The header's colour type: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  /** The samples of a pixel. */
  readonly at: (x: number, y: number) => readonly number[];
  /** Chunks behind the header. */
  readonly chunks?: readonly Buffer[];
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A PNG of any depth and kind of pixel. */
export function png({ width, height, bits, colour, at, chunks = [] }: PngBytes): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colour], 8);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.concat([
      Buffer.from([0]),
      packRow(Array.from({ length: width }, (_, x) => at(x, y)).flat(), bits),
    ]),
  );
  return Buffer.concat([
    SIGNATURE,
    encodeChunk('IHDR', header),
    ...chunks,
    encodeChunk('IDAT', deflateSync(Buffer.concat(rows))),
    encodeChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The file with chunks put in behind its header. */
export function withChunks(bytes: Buffer, ...chunks: readonly Buffer[]): Buffer {
  const header = SIGNATURE.length + 25;
  return Buffer.concat([bytes.subarray(0, header), ...chunks, bytes.subarray(header)]);
}

/** Samples as they are stored, high bits first; the last byte is filled with zeros. */
export function packRow(samples: readonly number[], bits: number): Buffer {
  if (bits === 16) return Buffer.from(samples.flatMap((sample) => [sample >> 8, sample & 255]));
  const perByte = 8 / bits;
  const row = Buffer.alloc(Math.ceil(samples.length / perByte));
  for (const [i, sample] of samples.entries()) {
    const at = Math.floor(i / perByte);
    row[at] = (row[at] ?? 0) | (sample << (8 - bits * ((i % perByte) + 1)));
  }
  return row;
}
