export interface GifBytes {
  readonly version?: '87a' | '89a';
  readonly width: number;
  readonly height: number;
  /** Two to 64 colours, a power of two. */
  readonly palette: readonly (readonly [number, number, number])[];
  readonly frames: readonly GifFrame[];
}

export interface GifFrame {
  readonly left?: number;
  readonly top?: number;
  readonly width: number;
  readonly height: number;
  /** The index of a pixel's colour. */
  readonly at: (x: number, y: number) => number;
  readonly transparent?: number;
  /** What becomes of the frame when the next one comes: 1 stays, 2 is cleared, 3 is undone. */
  readonly disposal?: 0 | 1 | 2 | 3;
  readonly isInterlaced?: boolean;
}

/** A GIF whose pixels are not compressed. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export function gif({ version = '89a', width, height, palette, frames }: GifBytes): Buffer {
  const flags = 0x80 | (Math.log2(palette.length) - 1);
  return Buffer.concat([
    Buffer.from(`GIF${version}`),
    u16(width, height),
    Buffer.from([flags, 0, 0, ...palette.flat()]),
    ...frames.map((frame) => encodeFrame(frame, version === '89a')),
    Buffer.from([0x3b]),
  ]);
}

function encodeFrame(frame: GifFrame, hasControl: boolean): Buffer {
  const { left = 0, top = 0, width, height, at, transparent, disposal = 0, isInterlaced = false } = frame;
  const rows = Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => at(x, y)));
  const stored = isInterlaced
    ? [rowsFrom(rows, 0, 8), rowsFrom(rows, 4, 8), rowsFrom(rows, 2, 4), rowsFrom(rows, 1, 2)].flat()
    : rows;
  // Codes of a byte each: cleared so often that they never grow to nine bits.
  const codes = stored.flat().flatMap((index, i) => (i % 100 === 0 ? [0x80, index] : [index]));
  const data = Buffer.from([...codes, 0x81]);
  const blocks: Buffer[] = [];
  for (let i = 0; i < data.length; i += 255) {
    const block = data.subarray(i, i + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  const isTransparent = transparent !== undefined;
  return Buffer.concat([
    ...(hasControl
      ? [Buffer.from([0x21, 0xf9, 4, (disposal << 2) | Number(isTransparent), 10, 0, transparent ?? 0, 0])]
      : []),
    Buffer.from([0x2c]),
    u16(left, top, width, height),
    Buffer.from([isInterlaced ? 0x40 : 0, 7]),
    ...blocks,
    Buffer.from([0]),
  ]);
}

function rowsFrom<T>(rows: readonly T[], first: number, step: number): readonly T[] {
  return rows.filter((_, y) => y >= first && (y - first) % step === 0);
}

function u16(...values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value & 255, value >> 8]));
}
