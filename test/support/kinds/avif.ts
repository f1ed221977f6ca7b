import sharp from 'sharp';
import { premultiplied } from '../bytes/avif';
import { gridOf, withProperty } from '../heic';
import {
  at,
  CLEAR_CORNERS,
  clearColours,
  colours,
  fromPixels,
  GREY_CORNERS,
  greys,
  HEIGHT,
  inDisplayP3,
  type Kind,
  map,
  picture,
  pixelsOf,
  refused,
  storedAs,
  WIDTH,
} from './kind';

const FULL = { quality: 95, effort: 0, chromaSubsampling: '4:4:4' } as const;
const is = picture('avif');
const isClear = picture('avif', { corners: CLEAR_CORNERS });
const plain = () => colours().avif(FULL).toBuffer();

const turned = async (orientation: number, ...properties: readonly (readonly [string, Buffer])[]) =>
  properties.reduce<Buffer>(
    (avif, [type, body]) => withProperty(avif, type, body),
    await (await storedAs(orientation)).avif(FULL).toBuffer(),
  );

const uint32 = (...values: readonly number[]) => {
  const written = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) written.writeInt32BE(value, 4 * i);
  return written;
};

export const AVIF_KINDS: readonly Kind[] = [
  {
    name: '4:2:0',
    make: () => colours().avif({ quality: 95, effort: 0, chromaSubsampling: '4:2:0' }).toBuffer(),
    becomes: is,
  },
  { name: '4:4:4', make: plain, becomes: is },
  {
    name: '10 bits',
    make: () =>
      colours()
        .avif({ ...FULL, bitdepth: 10 })
        .toBuffer(),
    becomes: is,
  },
  {
    name: '12 bits',
    make: () =>
      colours()
        .avif({ ...FULL, bitdepth: 12 })
        .toBuffer(),
    becomes: is,
  },
  { name: 'lossless', make: () => colours().avif({ lossless: true, effort: 0 }).toBuffer(), becomes: is },
  { name: 'with alpha', make: () => clearColours().avif(FULL).toBuffer(), becomes: isClear },
  {
    name: 'with alpha that is multiplied in',
    make: async () => {
      const multiplied = map(CLEAR_CORNERS, ([r = 0, g = 0, b = 0, a = 0]) => [
        Math.round((r * a) / 255),
        Math.round((g * a) / 255),
        Math.round((b * a) / 255),
        a,
      ]);
      return premultiplied(
        await fromPixels(pixelsOf(at(multiplied)), 4)
          .avif(FULL)
          .toBuffer(),
      );
    },
    becomes: isClear,
  },
  {
    name: 'grey',
    make: () => greys().avif(FULL).toBuffer(),
    becomes: picture('avif', { corners: GREY_CORNERS }),
  },
  {
    name: 'Display P3 by a profile',
    make: () => colours().withIccProfile('p3').avif(FULL).toBuffer(),
    becomes: is,
  },
  {
    name: 'Display P3 by code (nclx)',
    make: async () =>
      withProperty(
        await fromPixels(await inDisplayP3(), 3)
          .avif(FULL)
          .toBuffer(),
        'colr',
        // Display P3, the curve of sRGB, the matrix of BT.601, in full range.
        Buffer.from([...Buffer.from('nclx'), 0, 12, 0, 13, 0, 6, 0x80]),
      ),
    becomes: is,
  },
  {
    name: 'lying, turned by irot',
    make: () => turned(6, ['irot', Buffer.from([3])]),
    becomes: is,
  },
  { name: 'mirrored by imir', make: () => turned(2, ['imir', Buffer.from([1])]), becomes: is },
  {
    name: 'turned and mirrored',
    make: () => turned(7, ['irot', Buffer.from([3])], ['imir', Buffer.from([0])]),
    becomes: is,
  },
  {
    name: 'turned by irot, and EXIF says the same',
    // libvips writes both.
    make: async () => (await storedAs(6)).avif(FULL).withMetadata({ orientation: 6 }).toBuffer(),
    becomes: is,
  },
  {
    name: 'turned by EXIF alone, which turns no AVIF',
    make: async () => {
      const avif = await colours().avif(FULL).withMetadata({ orientation: 6 }).toBuffer();
      const turn = avif.indexOf('irot');
      avif.writeUInt8(0, turn + 4);
      return avif;
    },
    becomes: is,
  },
  {
    name: 'cut by clap',
    make: async () => {
      // The middle of a picture twice as large.
      const large = await sharp(await colours().png().toBuffer())
        .extend({ top: 16, bottom: 16, left: 32, right: 32, background: '#000' })
        .avif(FULL)
        .toBuffer();
      return withProperty(large, 'clap', uint32(WIDTH, 1, HEIGHT, 1, 0, 1, 0, 1));
    },
    becomes: is,
  },
  {
    name: 'of tiles (grid)',
    make: async () => {
      const whole = await colours().resize(128, 64, { kernel: 'nearest', fit: 'fill' }).png().toBuffer();
      const half = (left: number) =>
        sharp(whole).extract({ left, top: 0, width: 64, height: 64 }).avif(FULL).toBuffer();
      return gridOf([await half(0), await half(64)], 2, 128, 64);
    },
    becomes: picture('avif', { width: 128, height: 64 }),
  },
  {
    name: 'a sequence (avis)',
    make: async () => {
      const bytes = await plain();
      bytes.write('avis', 8, 'latin1');
      return bytes;
    },
    becomes: is,
  },
  {
    name: 'of the brand mif1',
    make: async () => {
      const bytes = await plain();
      bytes.write('mif1', 8, 'latin1');
      return bytes;
    },
    becomes: is,
  },
  {
    name: 'that says 17,000 by 17,000 pixels',
    make: async () => {
      const bytes = await plain();
      const size = bytes.indexOf('ispe');
      bytes.writeUInt32BE(17_000, size + 8);
      bytes.writeUInt32BE(17_000, size + 12);
      return bytes;
    },
    becomes: refused('source-pixels'),
  },
  {
    name: 'that breaks off',
    make: async () => {
      const bytes = await plain();
      return bytes.subarray(0, bytes.length - 20);
    },
    becomes: refused('undecodable'),
  },
];
