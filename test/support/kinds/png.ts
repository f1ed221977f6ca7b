import { deflateSync } from 'node:zlib';
import { encodeChunk } from '../../../lambda/origin-response/containers/png-chunks';
import { type PngBytes, png, withChunks } from '../bytes/png';
import {
  at,
  CLEAR_CORNERS,
  CORNERS,
  type Colour,
  type Corners,
  clearColours,
  colours,
  fromPixels,
  GREY_CORNERS,
  GREYS,
  greys,
  HEIGHT,
  inDisplayP3,
  type Kind,
  kept,
  map,
  picture,
  refused,
  storedAs,
  toLinear,
  WIDTH,
} from './kind';

const bytes = (said: Omit<PngBytes, 'width' | 'height'>) => png({ width: WIDTH, height: HEIGHT, ...said });
const deep = (value: number) => value * 257;
const uint32 = (...values: readonly number[]) => {
  const written = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) written.writeUInt32BE(value, 4 * i);
  return written;
};

const palette = encodeChunk('PLTE', Buffer.from(CORNERS.flat()));
const indices = at([[0], [1], [2], [3]]);
/** The northwest is the colour that is clear. */
const holed = map(CORNERS, (corner) => (corner === CORNERS[0] ? [...corner, 0] : [...corner, 255]));
const holedGreys = map(GREY_CORNERS, (corner) =>
  corner === GREY_CORNERS[0] ? [...corner, 0] : [...corner, 255],
);

const CLEAR_GREYS: Corners<Colour> = [
  [30, 30, 30, 128],
  [110, 110, 110, 255],
  [180, 180, 180, 128],
  [240, 240, 240, 255],
];
/** What does not compress. */
const NOISE = Buffer.from(
  Array.from({ length: 3 * WIDTH * HEIGHT }, (_, i) => (i * i * 31 + (i >> 3) * 7) & 255),
);

const is = picture('png', { tolerance: 20 });
const isGrey = picture('png', { corners: GREY_CORNERS });
const isClear = picture('png', { corners: CLEAR_CORNERS });

const P3 = uint32(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000);
const withCode = async (...chunks: readonly Buffer[]) =>
  withChunks(
    await fromPixels(await inDisplayP3(), 3)
      .png()
      .toBuffer(),
    ...chunks,
  );

export const PNG_KINDS: readonly Kind[] = [
  { name: 'RGB', make: () => colours().png().toBuffer(), becomes: is },
  { name: 'RGBA', make: () => clearColours().png().toBuffer(), becomes: isClear },
  { name: 'interlaced', make: () => clearColours().png({ progressive: true }).toBuffer(), becomes: isClear },
  {
    name: 'RGB of 16 bits',
    make: () => bytes({ bits: 16, colour: 2, at: at(map(CORNERS, (corner) => corner.map(deep))) }),
    becomes: is,
  },
  {
    name: 'RGBA of 16 bits',
    make: () => bytes({ bits: 16, colour: 6, at: at(map(CLEAR_CORNERS, (corner) => corner.map(deep))) }),
    becomes: isClear,
  },
  {
    name: 'RGB with one clear colour (tRNS)',
    make: () =>
      bytes({
        bits: 8,
        colour: 2,
        at: at(CORNERS),
        chunks: [encodeChunk('tRNS', Buffer.from(CORNERS[0].flatMap((value) => [0, value])))],
      }),
    becomes: picture('png', { corners: holed }),
  },
  {
    name: 'RGB of 16 bits with one clear colour (tRNS)',
    make: () =>
      bytes({
        bits: 16,
        colour: 2,
        at: at(map(CORNERS, (corner) => corner.map(deep))),
        chunks: [encodeChunk('tRNS', Buffer.from(CORNERS[0].flatMap((value) => [value, value])))],
      }),
    becomes: picture('png', { corners: holed }),
  },
  { name: 'palette', make: () => bytes({ bits: 8, colour: 3, at: indices, chunks: [palette] }), becomes: is },
  {
    name: 'palette of 2 bits',
    make: () => bytes({ bits: 2, colour: 3, at: indices, chunks: [palette] }),
    becomes: is,
  },
  {
    name: 'palette with alpha (tRNS)',
    make: () =>
      bytes({
        bits: 4,
        colour: 3,
        at: indices,
        chunks: [palette, encodeChunk('tRNS', Buffer.from([128, 255, 128]))],
      }),
    becomes: isClear,
  },
  { name: 'grey', make: () => greys().png().toBuffer(), becomes: isGrey },
  {
    name: 'grey of 16 bits',
    make: () => bytes({ bits: 16, colour: 0, at: at(map(GREYS, (grey) => [deep(grey)])) }),
    becomes: isGrey,
  },
  {
    name: 'grey of 1 bit',
    make: () => bytes({ bits: 1, colour: 0, at: at([[0], [1], [1], [0]]) }),
    becomes: picture('png', { corners: map([0, 255, 255, 0], (grey) => [grey, grey, grey]) }),
  },
  {
    name: 'grey of 4 bits',
    make: () => bytes({ bits: 4, colour: 0, at: at([[2], [7], [11], [15]]) }),
    becomes: picture('png', { corners: map([34, 119, 187, 255], (grey) => [grey, grey, grey]) }),
  },
  {
    name: 'grey with alpha',
    make: () =>
      bytes({
        bits: 8,
        colour: 4,
        at: at([
          [30, 128],
          [110, 255],
          [180, 128],
          [240, 255],
        ]),
      }),
    becomes: picture('png', { corners: CLEAR_GREYS }),
  },
  {
    name: 'grey with one clear tone (tRNS)',
    make: () =>
      bytes({
        bits: 8,
        colour: 0,
        at: at(map(GREYS, (grey) => [grey])),
        chunks: [encodeChunk('tRNS', Buffer.from([0, GREYS[0]]))],
      }),
    becomes: picture('png', { corners: holedGreys }),
  },
  {
    name: 'Display P3 by a profile',
    make: () => colours().withIccProfile('p3').png().toBuffer(),
    becomes: is,
  },
  {
    name: 'Display P3 by code (cICP)',
    make: () => withCode(encodeChunk('cICP', Buffer.from([12, 13, 0, 1]))),
    becomes: is,
  },
  {
    name: 'Display P3 by its primaries (cHRM)',
    make: () => withCode(encodeChunk('gAMA', uint32(45_455)), encodeChunk('cHRM', P3)),
    becomes: is,
  },
  {
    name: 'linear light (gAMA)',
    make: () =>
      bytes({
        bits: 16,
        colour: 2,
        at: at(map(CORNERS, (corner) => corner.map((value) => Math.round(toLinear(value) * 65_535)))),
        chunks: [encodeChunk('gAMA', uint32(100_000))],
      }),
    becomes: is,
  },
  {
    name: 'with a profile that is noise',
    make: async () =>
      withChunks(
        await colours().png().toBuffer(),
        encodeChunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(900, 0x5a))])),
      ),
    becomes: is,
  },
  {
    name: 'lying, by EXIF',
    make: async () => (await storedAs(6)).png().withMetadata({ orientation: 6 }).toBuffer(),
    becomes: is,
  },
  {
    name: 'with a text of which the checksum is wrong',
    make: async () => {
      const text = encodeChunk('tEXt', Buffer.from('a\0b'));
      text.fill(0, text.length - 4);
      return withChunks(await colours().png().toBuffer(), text);
    },
    becomes: is,
  },
  {
    name: 'with bytes behind its end',
    make: async () => Buffer.concat([await colours().png().toBuffer(), Buffer.alloc(300, 7)]),
    becomes: is,
  },
  {
    name: 'grey with alpha, of 16 bits, with a profile',
    make: () =>
      bytes({
        bits: 16,
        colour: 4,
        at: at(map(CLEAR_GREYS, ([grey = 0, , , alpha = 0]) => [deep(grey), deep(alpha)])),
        chunks: [encodeChunk('gAMA', uint32(45_455)), encodeChunk('cHRM', P3)],
      }),
    becomes: picture('png', { corners: CLEAR_GREYS }),
  },
  {
    name: 'palette in Display P3, by code (cICP)',
    make: async () => {
      const stored = await inDisplayP3();
      const colourAt = (x: number, y: number) => [...stored.subarray(3 * (y * WIDTH + x)).subarray(0, 3)];
      const places = [
        colourAt(0, 0),
        colourAt(WIDTH - 1, 0),
        colourAt(0, HEIGHT - 1),
        colourAt(WIDTH - 1, HEIGHT - 1),
      ];
      return bytes({
        bits: 8,
        colour: 3,
        at: indices,
        chunks: [
          encodeChunk('cICP', Buffer.from([12, 13, 0, 1])),
          encodeChunk('PLTE', Buffer.from(places.flat())),
        ],
      });
    },
    becomes: is,
  },
  {
    name: 'with a background colour (bKGD), which is not drawn',
    make: async () => withChunks(await clearColours().png().toBuffer(), encodeChunk('bKGD', Buffer.alloc(6))),
    becomes: isClear,
  },
  {
    name: 'interlaced, that breaks off',
    make: async () => {
      const whole = await fromPixels(NOISE, 3).png({ progressive: true }).toBuffer();
      return whole.subarray(0, whole.length / 2);
    },
    becomes: refused('undecodable'),
  },
  {
    name: 'of which the checksum of its pixels is wrong',
    make: async () => {
      const whole = await colours().png().toBuffer();
      whole.fill(0, whole.length - 16, whole.length - 12);
      return whole;
    },
    becomes: refused('undecodable'),
  },
  {
    name: 'that says 100,000 by 100,000 pixels',
    make: () => {
      const whole = bytes({ bits: 8, colour: 0, at: () => [0] });
      const header = Buffer.concat([uint32(100_000, 100_000), Buffer.from([1, 0, 0, 0, 0])]);
      return Buffer.concat([whole.subarray(0, 8), encodeChunk('IHDR', header), whole.subarray(33)]);
    },
    becomes: refused('source-pixels'),
  },
  {
    name: 'animated (APNG)',
    make: async () => withChunks(await colours().png().toBuffer(), encodeChunk('acTL', uint32(2, 0))),
    becomes: kept('apng'),
  },
  {
    name: 'that breaks off',
    make: async () => (await colours().png().toBuffer()).subarray(0, -40),
    becomes: refused('undecodable'),
  },
  {
    name: 'of Xcode’s (CgBI)',
    make: async () => {
      const whole = await colours().png().toBuffer();
      return Buffer.concat([
        whole.subarray(0, 8),
        encodeChunk('CgBI', uint32(0x50002002)),
        whole.subarray(8),
      ]);
    },
    becomes: refused('undecodable'),
  },
];
