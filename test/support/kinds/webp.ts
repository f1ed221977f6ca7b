import sharp from 'sharp';
import { animatedWebp, webpChunk } from '../bytes/webp';
import {
  CLEAR_CORNERS,
  CORNERS,
  clearColours,
  colours,
  HEIGHT,
  type Kind,
  picture,
  refused,
  storedAs,
  WIDTH,
} from './kind';

const is = picture('webp');
const isClear = picture('webp', { corners: CLEAR_CORNERS });

const quarter = async (colour: readonly number[]) => {
  const [r = 0, g = 0, b = 0] = colour;
  return sharp({
    create: { width: WIDTH / 2, height: HEIGHT / 2, channels: 3, background: { r, g, b } },
  })
    .webp({ lossless: true })
    .toBuffer();
};

export const WEBP_KINDS: readonly Kind[] = [
  { name: 'lossy', make: () => colours().webp({ quality: 95 }).toBuffer(), becomes: is },
  { name: 'lossless', make: () => colours().webp({ lossless: true }).toBuffer(), becomes: is },
  { name: 'lossy with alpha', make: () => clearColours().webp({ quality: 95 }).toBuffer(), becomes: isClear },
  {
    name: 'lossless with alpha',
    make: () => clearColours().webp({ lossless: true }).toBuffer(),
    becomes: isClear,
  },
  {
    name: 'Display P3',
    make: () => colours().withIccProfile('p3').webp({ lossless: true }).toBuffer(),
    becomes: is,
  },
  {
    name: 'lying, by EXIF',
    make: async () =>
      (await storedAs(6)).webp({ lossless: true }).withMetadata({ orientation: 6 }).toBuffer(),
    becomes: is,
  },
  {
    name: 'animated',
    make: async () =>
      sharp([await colours().png().toBuffer(), await colours().negate().png().toBuffer()], {
        join: { animated: true },
      })
        .webp({ lossless: true })
        .toBuffer(),
    becomes: picture('webp', { frames: 2 }),
  },
  {
    name: 'animated, its frames parts of the canvas',
    make: async () => {
      const [width, height] = [WIDTH / 2, HEIGHT / 2];
      const places = [
        [0, 0],
        [width, 0],
        [0, height],
        [width, height],
      ] as const;
      const frames = await Promise.all(
        CORNERS.map(async (colour, i) => {
          const [left, top] = places[i] ?? [0, 0];
          return { left, top, width, height, still: await quarter(colour) };
        }),
      );
      return animatedWebp(WIDTH, HEIGHT, frames);
    },
    becomes: picture('webp', {
      frames: 4,
      corners: [CORNERS[0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    }),
  },
  {
    name: 'with a chunk that nobody knows',
    make: async () => {
      const whole = await colours().webp({ quality: 95 }).toBuffer();
      const bytes = Buffer.concat([whole, webpChunk('ABCD', Buffer.alloc(21))]);
      bytes.writeUInt32LE(bytes.length - 8, 4);
      return bytes;
    },
    becomes: is,
  },
  {
    name: 'with bytes behind its end',
    make: async () => Buffer.concat([await colours().webp({ quality: 95 }).toBuffer(), Buffer.alloc(99)]),
    becomes: is,
  },
  {
    name: 'animated, of which the second frame breaks off',
    make: async () => {
      const still = await colours().webp({ lossless: true }).toBuffer();
      const frame = { left: 0, top: 0, width: WIDTH, height: HEIGHT, still };
      const bytes = animatedWebp(WIDTH, HEIGHT, [frame, frame]);
      return bytes.subarray(0, bytes.length - 20);
    },
    becomes: refused('undecodable'),
  },
  {
    name: 'that breaks off',
    make: async () => {
      const bytes = await colours().webp({ quality: 95 }).toBuffer();
      return bytes.subarray(0, bytes.length - 40);
    },
    becomes: refused('undecodable'),
  },
];
