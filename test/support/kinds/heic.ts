import sharp from 'sharp';
import { encodeHeic, gridOf, withProperty } from '../heic';
import { CLEAR_CORNERS, clearColours, colours, type Kind, picture, refused, storedAs } from './kind';

const is = picture('jpeg');
const FULL = ['-q', '95', '-p', 'chroma=444'];
const plain = async () => encodeHeic(await colours().png().toBuffer(), ...FULL);

/** Where the settings have `heic: true`. heif-enc makes them. */
export const HEIC_KINDS: readonly Kind[] = [
  { name: 'of one piece', make: plain, becomes: is },
  {
    name: '10 bits',
    make: async () =>
      encodeHeic(await colours().toColourspace('rgb16').png().toBuffer(), ...FULL, '-b', '10'),
    becomes: is,
  },
  {
    name: 'with alpha',
    make: async () => encodeHeic(await clearColours().png().toBuffer(), ...FULL),
    becomes: picture('png', { corners: CLEAR_CORNERS }),
  },
  {
    name: 'Display P3',
    make: async () => encodeHeic(await colours().withIccProfile('p3').png().toBuffer(), ...FULL),
    becomes: is,
  },
  {
    name: 'lying, turned by irot',
    make: async () =>
      withProperty(encodeHeic(await (await storedAs(6)).png().toBuffer(), ...FULL), 'irot', Buffer.from([3])),
    becomes: is,
  },
  {
    name: 'mirrored by imir',
    make: async () =>
      withProperty(encodeHeic(await (await storedAs(2)).png().toBuffer(), ...FULL), 'imir', Buffer.from([1])),
    becomes: is,
  },
  {
    name: 'of tiles (grid)',
    make: async () => {
      const whole = await colours().resize(128, 64, { kernel: 'nearest', fit: 'fill' }).png().toBuffer();
      const half = async (left: number) =>
        encodeHeic(
          await sharp(whole).extract({ left, top: 0, width: 64, height: 64 }).png().toBuffer(),
          ...FULL,
        );
      return gridOf([await half(0), await half(64)], 2, 128, 64);
    },
    becomes: picture('jpeg', { width: 128, height: 64 }),
  },
  {
    name: 'that breaks off',
    make: async () => (await plain()).subarray(0, -30),
    becomes: refused('undecodable'),
  },
];
