/** One chunk of a PNG. https://www.w3.org/TR/png-3/#5Chunk-layout */
export interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
  /** Position of the chunk's length in the file. */
  readonly start: number;
  /** Just behind the chunk's checksum. */
  readonly end: number;
}

const SIGNATURE_BYTES = 8;

/** The chunks in front of the first `IDAT`, as far as they are whole. */
export function headerChunks(png: Buffer): readonly PngChunk[] {
  const chunks: PngChunk[] = [];
  let start = SIGNATURE_BYTES;
  while (start + 12 <= png.length) {
    const length = png.readUInt32BE(start);
    const type = png.toString('latin1', start + 4, start + 8);
    const end = start + 12 + length;
    if (type === 'IDAT' || end > png.length) break;
    chunks.push({ type, data: png.subarray(start + 8, end - 4), start, end });
    start = end;
  }
  return chunks;
}

export function encodeChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** Node's own came with 20.15 and 22.2. */
function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
