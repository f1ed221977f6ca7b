import { type TiffPage, tiff } from '../bytes/tiff';
import {
  at,
  CLEAR_CORNERS,
  CORNERS,
  clearColours,
  colours,
  fromPixels,
  GREY_CORNERS,
  GREYS,
  greys,
  HEIGHT,
  INK_CORNERS,
  inDisplayP3,
  type Kind,
  map,
  picture,
  refused,
  storedAs,
  toLinear,
  WIDTH,
} from './kind';

const RGB: TiffPage = { width: WIDTH, height: HEIGHT, bits: 8, photometric: 2, at: at(CORNERS) };
const page = (changes: Partial<TiffPage>) => tiff('II', false, [{ ...RGB, ...changes }]);
const grey: Partial<TiffPage> = { photometric: 1, at: at(map(GREYS, (value) => [value])) };

const is = picture('jpeg');
const isGrey = picture('jpeg', { corners: GREY_CORNERS });
const isClear = picture('png', { corners: CLEAR_CORNERS });

export const TIFF_KINDS: readonly Kind[] = [
  { name: 'not compressed', make: () => page({}), becomes: is },
  { name: 'big-endian', make: () => tiff('MM', false, [RGB]), becomes: is },
  { name: 'BigTIFF', make: () => tiff('II', true, [RGB]), becomes: is },
  { name: 'BigTIFF, big-endian', make: () => tiff('MM', true, [RGB]), becomes: is },
  ...(['lzw', 'deflate', 'packbits', 'jpeg', 'webp'] as const).map(
    (compression): Kind => ({
      name: compression,
      make: () => colours().tiff({ compression, quality: 95 }).toBuffer(),
      becomes: is,
    }),
  ),
  {
    name: 'in tiles, as a pyramid',
    make: () =>
      colours()
        .tiff({ compression: 'lzw', tile: true, tileWidth: 16, tileHeight: 16, pyramid: true })
        .toBuffer(),
    becomes: is,
  },
  {
    name: 'of several pages: the first one',
    make: () => tiff('II', false, [RGB, { ...RGB, ...grey }]),
    becomes: is,
  },
  { name: 'each channel on its own', make: () => page({ isPlanar: true }), becomes: is },
  {
    name: 'with alpha',
    make: () => clearColours().tiff({ compression: 'lzw' }).toBuffer(),
    becomes: isClear,
  },
  {
    name: 'with alpha that is multiplied in',
    make: () =>
      page({
        at: at(
          map(CLEAR_CORNERS, ([r = 0, g = 0, b = 0, a = 0]) =>
            [(r * a) / 255, (g * a) / 255, (b * a) / 255, a].map(Math.round),
          ),
        ),
        tags: { 338: [1] },
      }),
    becomes: isClear,
  },
  {
    name: '16 bits',
    make: () => page({ bits: 16, at: at(map(CORNERS, (c) => c.map((v) => v * 257))) }),
    becomes: is,
  },
  {
    name: 'Display P3',
    make: async () =>
      fromPixels(await inDisplayP3(), 3)
        .png()
        .toBuffer()
        .then(() => colours().withIccProfile('p3').tiff().toBuffer()),
    becomes: is,
  },
  { name: 'grey', make: () => greys().tiff({ compression: 'lzw' }).toBuffer(), becomes: isGrey },
  {
    name: 'grey, white is zero',
    make: () => page({ photometric: 0, at: at(map(GREYS, (v) => [255 - v])) }),
    becomes: isGrey,
  },
  {
    name: 'grey of 16 bits',
    make: () => page({ ...grey, bits: 16, at: at(map(GREYS, (v) => [v * 257])) }),
    becomes: isGrey,
  },
  {
    name: '1 bit',
    make: () => page({ photometric: 1, bits: 1, at: at([[0], [1], [1], [0]]) }),
    becomes: picture('jpeg', { corners: map([0, 255, 255, 0], (v) => [v, v, v]) }),
  },
  {
    name: '1 bit, white is zero',
    make: () => page({ photometric: 0, bits: 1, at: at([[1], [0], [0], [1]]) }),
    becomes: picture('jpeg', { corners: map([0, 255, 255, 0], (v) => [v, v, v]) }),
  },
  {
    name: 'palette',
    make: () => page({ photometric: 3, at: at([[0], [1], [2], [3]]), tags: { 320: colourMap() } }),
    becomes: is,
  },
  {
    name: 'CMYK',
    make: () =>
      page({ photometric: 5, at: at(map(CORNERS, (corner) => [...corner.map((v) => 255 - v), 0])) }),
    becomes: picture('jpeg', { corners: INK_CORNERS, tolerance: 52 }),
  },
  {
    name: 'floating point, in linear light',
    make: () => page({ bits: 32, at: at(map(CORNERS, (corner) => corner.map(toLinear))) }),
    becomes: is,
  },
  {
    name: 'lying, orientation 6',
    make: async () =>
      (await storedAs(6)).tiff({ compression: 'lzw' }).withMetadata({ orientation: 6 }).toBuffer(),
    becomes: is,
  },
  {
    name: 'CIELab of 16 bits',
    make: () =>
      page({
        photometric: 8,
        bits: 16,
        at: at(map([50, 80, 20, 100], (l) => [Math.round(l * 655.35), 0, 0])),
      }),
    becomes: picture('jpeg', { corners: map([119, 198, 48, 255], (v) => [v, v, v]) }),
  },
  {
    name: 'CIELab of 8 bits',
    make: () =>
      page({
        photometric: 8,
        at: at([
          [128, 0, 0],
          [204, 0, 0],
          [51, 0, 0],
          [255, 0, 0],
        ]),
      }),
    becomes: refused('undecodable'),
  },
  {
    name: 'with a page that is its own next one',
    make: () => {
      const bytes = page({});
      // The first directory follows the pixels; the link is behind its entries.
      const directory = bytes.readUInt32LE(4);
      bytes.writeUInt32LE(directory, directory + 2 + 12 * bytes.readUInt16LE(directory));
      return bytes;
    },
    becomes: is,
  },
  {
    name: 'in a compression that libtiff was built without (zstd)',
    make: () => page({ tags: { 259: [50_000] } }),
    becomes: refused('undecodable'),
  },
  {
    name: 'that says 60,000 by 60,000 pixels, and has a few',
    make: () => page({ tags: { 256: [60_000], 257: [60_000], 278: [60_000] } }),
    becomes: refused('undecodable'),
  },
  { name: 'that breaks off', make: () => page({}).subarray(0, 2_000), becomes: refused('undecodable') },
];

/** 256 values of 16 bits for each channel: all the reds first. */
function colourMap(): readonly number[] {
  return [0, 1, 2].flatMap((channel) =>
    Array.from({ length: 256 }, (_, i) => (CORNERS[i]?.[channel] ?? 0) * 257),
  );
}
