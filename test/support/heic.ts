import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { addProperty, propertiesOf, readHeifItems } from '../../lambda/origin-response/containers/heif-items';
import { boxesIn, encodeBox } from '../../lambda/origin-response/containers/isobmff';

/** Where npm puts the decoder; in a built function it is next to the code. */
export const LIBHEIF_FOLDER = dirname(require.resolve('libheif-js/libheif-wasm/libheif.js'));

/** Debian's package libheif-examples. */
export const HEIF_ENC = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'heif-enc'))
  .find((path) => existsSync(path));

/** Encodes a PNG as HEIC. */
export function encodeHeic(png: Buffer, ...options: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'edgecrop-heic-'));
  try {
    writeFileSync(join(folder, 'in.png'), png);
    const output = join(folder, 'out.heic');
    execFileSync(HEIF_ENC ?? 'heif-enc', [...options, '-o', output, join(folder, 'in.png')], {
      stdio: 'ignore',
    });
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file with one more property of its picture: `irot`, `colr`. */
export function withProperty(heif: Buffer, type: string, body: Buffer): Buffer {
  const items = readHeifItems(heif);
  if (items === undefined) throw new Error('a HEIC or AVIF without items');
  return addProperty(heif, items, encodeBox(type, body));
}

/** A HEIC or AVIF whose header says another size. */
export function saying(heif: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(heif);
  for (let at = changed.indexOf('ispe'); at >= 0; at = changed.indexOf('ispe', at + 1)) {
    changed.writeUInt32BE(width, at + 8);
    changed.writeUInt32BE(height, at + 12);
  }
  return changed;
}

/**
 * One picture of tiles in rows, as phones store it.
 *
 * @param tiles HEICs or AVIFs of one size
 */
export function gridOf(tiles: readonly Buffer[], columns: number, width: number, height: number): Buffer {
  const [first] = tiles;
  const items = first && readHeifItems(first);
  if (first === undefined || items === undefined) throw new Error('a grid without tiles');
  const properties = propertiesOf(items, items.primary).filter(
    ({ type }) => type === 'hvcC' || type === 'av1C' || type === 'pixi' || type === 'ispe',
  );
  const isAvif = properties.some(({ type }) => type === 'av1C');
  const size = Buffer.alloc(12);
  size.writeUInt32BE(width, 4);
  size.writeUInt32BE(height, 8);
  const grid = tiles.length + 1;
  const u16 = (...values: readonly number[]) =>
    Buffer.concat(values.map((value) => Buffer.from([value >> 8, value & 255])));
  const u32 = (...values: readonly number[]) =>
    Buffer.concat(values.map((value) => u16(value >>> 16, value & 0xffff)));
  const data = tiles.map((tile) => {
    const media = boxesIn(tile, 0, tile.length).find(({ type }) => type === 'mdat');
    if (media === undefined) throw new Error('a tile without data');
    return tile.subarray(media.body, media.end);
  });
  const infe = (id: number, type: string) =>
    encodeBox('infe', u32(0x02000000), u16(id, 0), Buffer.from(`${type}\0`));
  const numbers = properties.map((_, i) => i + 1);
  const associated = (id: number, all: readonly number[]) =>
    Buffer.concat([u16(id), Buffer.from([all.length, ...all])]);
  const meta = (start: number) => {
    let at = start;
    const places = data.map((bytes, i) => {
      const place = Buffer.concat([u16(i + 1, 0, 0, 1), u32(at, bytes.length)]);
      at += bytes.length;
      return place;
    });
    // The grid's own data is in `idat`.
    const gridPlace = Buffer.concat([u16(grid, 1, 0, 1), u32(0, 8)]);
    return encodeBox(
      'meta',
      u32(0),
      encodeBox('hdlr', u32(0, 0), Buffer.from('pict'), u32(0, 0, 0), Buffer.from([0])),
      encodeBox('pitm', u32(0), u16(grid)),
      encodeBox(
        'iinf',
        u32(0),
        u16(grid),
        ...tiles.map((_, i) => infe(i + 1, isAvif ? 'av01' : 'hvc1')),
        infe(grid, 'grid'),
      ),
      encodeBox('iref', u32(0), encodeBox('dimg', u16(grid, tiles.length, ...tiles.map((_, i) => i + 1)))),
      encodeBox(
        'iprp',
        encodeBox(
          'ipco',
          ...properties.map(({ start: from, end }) => first.subarray(from, end)),
          encodeBox('ispe', size),
        ),
        encodeBox(
          'ipma',
          u32(0, grid),
          ...tiles.map((_, i) => associated(i + 1, numbers)),
          associated(grid, [properties.length + 1]),
        ),
      ),
      encodeBox('idat', Buffer.from([0, 0, tiles.length / columns - 1, columns - 1]), u16(width, height)),
      encodeBox('iloc', u32(0x01000000), Buffer.from([0x44, 0]), u16(grid), ...places, gridPlace),
    );
  };
  const name = isAvif ? 'avif' : 'heic';
  const brand = encodeBox('ftyp', Buffer.from(`${name}\0\0\0\0mif1${name}`));
  const start = brand.length + meta(0).length + 8;
  return Buffer.concat([brand, meta(start), encodeBox('mdat', ...data)]);
}
