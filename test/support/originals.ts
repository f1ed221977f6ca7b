/** A BigTIFF of one flat colour, in either byte order: sharp writes only the little-endian one. */
export function bigTiff(order: 'II' | 'MM', side: number, colour: readonly [number, number, number]): Buffer {
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
  const fit = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(8 - bytes.length)]);
  const entry = (tag: number, type: number, ...values: readonly number[]) =>
    Buffer.concat([
      u16(tag),
      u16(type),
      u64(values.length),
      fit(Buffer.concat(values.map((value) => (type === SHORT ? u16(value) : u64(value))))),
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
