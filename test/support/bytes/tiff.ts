import { packRow } from './png';

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const LONG8 = 16;

export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** Of each sample. */
  readonly bits: 1 | 4 | 8 | 16 | 32;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK, 6 YCbCr, 8 CIELab. */
  readonly photometric: number;
  /** The samples of a pixel; of 32 bits they are floats. */
  readonly at: (x: number, y: number) => readonly number[];
  /** More tags of short values, or others in place of those that the page would have. */
  readonly tags?: Readonly<Record<number, readonly number[]>>;
  readonly profile?: Buffer;
  /** Each channel on its own. */
  readonly isPlanar?: boolean;
}

/** A TIFF that is not compressed, in either byte order, with offsets of four or (BigTIFF) eight bytes. */
export function tiff(order: 'II' | 'MM', isBig: boolean, pages: readonly TiffPage[]): Buffer {
  const isLittle = order === 'II';
  const number = (value: number, bytes: 2 | 4 | 8) => {
    const written = Buffer.alloc(bytes);
    if (bytes === 8) written.writeBigUInt64BE(BigInt(value));
    else written.writeUIntBE(value, 0, bytes);
    return isLittle ? written.reverse() : written;
  };
  const size = isBig ? 8 : 4;
  const head = isBig
    ? [Buffer.from(order), number(43, 2), number(8, 2), number(0, 2)]
    : [Buffer.from(order), number(42, 2)];
  const parts: Buffer[] = [...head, number(0, size)];
  let end = parts.reduce((sum, { length }) => sum + length, 0);
  const append = (bytes: Buffer) => {
    const at = end;
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(padded);
    end += padded.length;
    return at;
  };
  /** Where the offset of the next page has to be written. */
  let link = head.length;
  for (const page of pages) {
    const planes = pixelsOf(page, isLittle);
    const strips = planes.map((plane) => ({ at: append(plane), length: plane.length }));
    const channels = page.at(0, 0).length;
    const entries: (readonly [tag: number, type: number, values: readonly number[] | Buffer])[] = [
      [256, SHORT, [page.width]],
      [257, SHORT, [page.height]],
      [258, SHORT, Array<number>(channels).fill(page.bits)],
      [259, SHORT, [1]],
      [262, SHORT, [page.photometric]],
      [273, isBig ? LONG8 : LONG, strips.map(({ at }) => at)],
      [277, SHORT, [channels]],
      [278, SHORT, [page.height]],
      [279, isBig ? LONG8 : LONG, strips.map(({ length }) => length)],
      ...(page.isPlanar ? [[284, SHORT, [2]] as const] : []),
      ...(page.bits === 32 ? [[339, SHORT, Array<number>(channels).fill(3)] as const] : []),
      ...Object.entries(page.tags ?? {}).map(([tag, values]) => [Number(tag), SHORT, values] as const),
      ...(page.profile ? [[34_675, UNDEFINED, page.profile] as const] : []),
    ];
    const encoded = [...new Map(entries.map((entry) => [entry[0], entry])).values()]
      .sort(([a], [b]) => a - b)
      .map(([tag, type, values]) => {
        const width = type === SHORT ? 2 : type === LONG ? 4 : 8;
        const body = Buffer.isBuffer(values)
          ? values
          : Buffer.concat(values.map((value) => number(value, width)));
        const place = Buffer.alloc(size);
        if (body.length <= size) body.copy(place);
        else number(append(body), size).copy(place);
        return Buffer.concat([number(tag, 2), number(type, 2), number(values.length, size), place]);
      });
    parts[link] = number(append(Buffer.concat([number(entries.length, isBig ? 8 : 2), ...encoded])), size);
    link = parts.length;
    append(number(0, size));
  }
  return Buffer.concat(parts);
}

/** One buffer, or one for each channel. */
function pixelsOf({ width, height, bits, at, isPlanar }: TiffPage, isLittle: boolean): readonly Buffer[] {
  const pack = (samples: readonly number[]) => {
    if (bits !== 32) {
      const row = packRow(samples, bits);
      return bits === 16 && isLittle ? row.swap16() : row;
    }
    const row = Buffer.alloc(4 * samples.length);
    for (const [i, sample] of samples.entries()) {
      if (isLittle) row.writeFloatLE(sample, 4 * i);
      else row.writeFloatBE(sample, 4 * i);
    }
    return row;
  };
  const plane = (samples: (x: number, y: number) => readonly number[]) =>
    Buffer.concat(
      Array.from({ length: height }, (_, y) =>
        pack(Array.from({ length: width }, (_, x) => samples(x, y)).flat()),
      ),
    );
  if (!isPlanar) return [plane(at)];
  return at(0, 0).map((_, channel) => plane((x, y) => [at(x, y)[channel] ?? 0]));
}
