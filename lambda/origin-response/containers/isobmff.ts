/** One box of an AVIF or HEIC (ISO/IEC 14496-12). */
export interface Box {
  readonly type: string;
  readonly start: number;
  /** Where what the box holds begins, behind its size and type. */
  readonly body: number;
  readonly end: number;
}

/** The boxes in a part of the file, up to the first that does not fit. */
export function boxesIn(bytes: Buffer, from: number, to: number): readonly Box[] {
  const boxes: Box[] = [];
  let start = from;
  while (start + 8 <= to) {
    const short = bytes.readUInt32BE(start);
    const isLong = short === 1;
    if (isLong && start + 16 > to) break;
    const body = start + (isLong ? 16 : 8);
    const size = short === 0 ? to - start : isLong ? Number(bytes.readBigUInt64BE(start + 8)) : short;
    const end = start + size;
    if (end < body || end > to) break;
    boxes.push({ type: bytes.toString('latin1', start + 4, start + 8), start, body, end });
    start = end;
  }
  return boxes;
}

/** The four bytes of version and flags that some boxes begin with. */
export const VERSION_BYTES = 4;

export function encodeBox(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}
