import sharp from 'sharp';
import { boxesIn, encodeBox } from '../../lambda/origin-response/containers/isobmff';

type Colour = readonly [number, number, number];

/** A BigTIFF of one flat colour, in either byte order: sharp writes only the little-endian one. */
export function bigTiff(order: 'II' | 'MM', side: number, colour: Colour): Buffer {
  const isLittle = order === 'II';
  const pixels = Buffer.alloc(side * side * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colour[i % 3] as number;
  const u16 = (value: number) => {
    const bytes = Buffer.alloc(2);
    if (isLittle) bytes.writeUInt16LE(value);
    else bytes.writeUInt16BE(value);
    return bytes;
  };
  const u64 = (value: number) => {
    const bytes = Buffer.alloc(8);
    if (isLittle) bytes.writeBigUInt64LE(BigInt(value));
    else bytes.writeBigUInt64BE(BigInt(value));
    return bytes;
  };
  const SHORT = 3;
  const LONG8 = 16;
  const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(8 - bytes.length)]);
  const entry = (tag: number, type: number, ...values: readonly number[]) =>
    Buffer.concat([
      u16(tag),
      u16(type),
      u64(values.length),
      padded(Buffer.concat(values.map((value) => (type === SHORT ? u16(value) : u64(value))))),
    ]);
  const header = 16;
  const entries = [
    entry(256, SHORT, side),
    entry(257, SHORT, side),
    entry(258, SHORT, 8, 8, 8),
    entry(259, SHORT, 1),
    entry(262, SHORT, 2),
    entry(273, LONG8, header),
    entry(277, SHORT, 3),
    entry(278, SHORT, side),
    entry(279, LONG8, pixels.length),
  ];
  return Buffer.concat([
    Buffer.from(order),
    u16(43),
    u16(8),
    u16(0),
    u64(header + pixels.length),
    pixels,
    u64(entries.length),
    ...entries,
    u64(0),
  ]);
}

/** An AVIF of one flat colour that is multiplied with its alpha, and says so with a reference `prem`. */
export async function premultipliedAvif(side: number, [r, g, b]: Colour, alpha: number): Promise<Buffer> {
  const background = { r: r * alpha, g: g * alpha, b: b * alpha, alpha };
  const avif = await sharp({ create: { width: side, height: side, channels: 4, background } })
    .avif({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const meta = boxesIn(avif, 0, avif.length).find(({ type }) => type === 'meta');
  if (meta === undefined) throw new Error('an AVIF without a box meta');
  const parts = boxesIn(avif, meta.body + 4, meta.end).map(({ type, start, body, end }) => {
    if (type !== 'iref') return avif.subarray(start, end);
    const [auxiliary] = boxesIn(avif, body + 4, end);
    if (auxiliary === undefined) throw new Error('an AVIF without alpha');
    // From the colours to the alpha, where `auxl` goes from the alpha to the colours.
    const from = avif.readUInt16BE(auxiliary.body + 4);
    const prem = Buffer.from([from >> 8, from, 0, 1, 0, avif.readUInt16BE(auxiliary.body)]);
    return encodeBox('iref', avif.subarray(body, end), encodeBox('prem', prem));
  });
  const moved = Buffer.concat([avif, encodeBox('meta', avif.subarray(meta.body, meta.body + 4), ...parts)]);
  moved.write('free', meta.start + 4, 'latin1');
  return moved;
}
