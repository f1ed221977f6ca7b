/** One component of a JPEG. */
export interface FlatComponent {
  readonly id: number;
  /** Sampling factors, 1…4. */
  readonly h: number;
  readonly v: number;
  /** The sample at a place of the whole picture. */
  readonly at: (x: number, y: number) => number;
}

export interface FlatJpeg {
  readonly width: number;
  readonly height: number;
  readonly components: readonly FlatComponent[];
  /** Segments behind the first marker: Adobe's, a profile. */
  readonly segments?: readonly Buffer[];
  /** @default 8 */
  readonly bits?: 8 | 12;
  /** Units between two restart markers. */
  readonly restartInterval?: number;
  /** Each component in a scan of its own. */
  readonly isSeparate?: boolean;
  /** The height comes behind the first scan, in a segment `DNL`. */
  readonly isHeightLate?: boolean;
}

export function segment(marker: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Adobe's segment: 0 is RGB or CMYK, 1 is YCbCr, 2 is YCCK. */
export function adobe(transform: 0 | 1 | 2): Buffer {
  return segment(0xee, Buffer.from('Adobe'), Buffer.from([0, 100, 0, 0, 0, 0, transform]));
}

/**
 * A JPEG whose blocks are flat: what no library writes on request. Each side is a multiple of a unit's.
 * https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 */
export function flatJpeg(jpeg: FlatJpeg): Buffer {
  const { width, height, components, bits = 8, restartInterval = 0 } = jpeg;
  const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const frame = segment(
    bits === 8 ? 0xc0 : 0xc1,
    Buffer.from([bits]),
    u16(jpeg.isHeightLate ? 0 : height),
    u16(width),
    Buffer.from([components.length, ...components.flatMap(({ id, h, v }) => [id, (h << 4) | v, 0])]),
  );
  // A DC of 8 is one step of a sample.
  const quantisation = segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(8)]));
  // Thirteen codes of four bits, whose value is the symbol; and one code of one bit: the end of the block.
  const dc = [0, 0, 0, 0, 13, ...Array<number>(12).fill(0), ...Array.from({ length: 13 }, (_, i) => i)];
  const ac = [0x10, 1, ...Array<number>(15).fill(0), 0];
  const scans = (jpeg.isSeparate ? components.map((one) => [one]) : [components]).flatMap((scanned, i) => [
    segment(0xda, Buffer.from([scanned.length, ...scanned.flatMap(({ id }) => [id, 0]), 0, 63, 0])),
    encodeScan(jpeg, scanned, bits, restartInterval),
    ...(jpeg.isHeightLate && i === 0 ? [segment(0xdc, u16(height))] : []),
  ]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(jpeg.segments ?? []),
    quantisation,
    frame,
    segment(0xc4, Buffer.from(dc)),
    segment(0xc4, Buffer.from(ac)),
    ...(restartInterval > 0 ? [segment(0xdd, u16(restartInterval))] : []),
    ...scans,
    Buffer.from([0xff, 0xd9]),
  ]);
}

function encodeScan(
  { width, height, components }: FlatJpeg,
  scanned: readonly FlatComponent[],
  bits: number,
  restartInterval: number,
): Buffer {
  const maxH = Math.max(...components.map(({ h }) => h));
  const maxV = Math.max(...components.map(({ v }) => v));
  const isAlone = scanned.length === 1;
  const [only] = scanned;
  const unitWidth = isAlone && only ? (8 * maxH) / only.h : 8 * maxH;
  const unitHeight = isAlone && only ? (8 * maxV) / only.v : 8 * maxV;
  const parts: Buffer[] = [];
  let writer = new BitWriter();
  let previous = new Map<number, number>();
  let unit = 0;
  for (let top = 0; top < height; top += unitHeight) {
    for (let left = 0; left < width; left += unitWidth, unit++) {
      if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
        parts.push(writer.end(), Buffer.from([0xff, 0xd0 + ((unit / restartInterval - 1) & 7)]));
        writer = new BitWriter();
        previous = new Map();
      }
      for (const { id, h, v, at } of scanned) {
        const [columns, rows] = isAlone ? [1, 1] : [h, v];
        for (let block = 0; block < columns * rows; block++) {
          const x = left + ((block % columns) + 0.5) * (unitWidth / columns);
          const y = top + (Math.floor(block / columns) + 0.5) * (unitHeight / rows);
          const value = Math.round(at(x, y)) - 2 ** (bits - 1);
          writeBlock(writer, value - (previous.get(id) ?? 0));
          previous.set(id, value);
        }
      }
    }
  }
  return Buffer.concat([...parts, writer.end()]);
}

function writeBlock(writer: BitWriter, difference: number): void {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  writer.write(size, 4);
  writer.write(difference < 0 ? difference + 2 ** size - 1 : difference, size);
  writer.write(0, 1);
}

class BitWriter {
  private readonly bits: number[] = [];

  write(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.bits.push((value >> i) & 1);
  }

  end(): Buffer {
    while (this.bits.length % 8 !== 0) this.bits.push(1);
    const bytes: number[] = [];
    for (let i = 0; i < this.bits.length; i += 8) {
      const byte = this.bits.slice(i, i + 8).reduce((sum, bit) => (sum << 1) | bit, 0);
      bytes.push(byte, ...(byte === 0xff ? [0] : []));
    }
    return Buffer.from(bytes);
  }
}
