import sharp from 'sharp';
import { adobe, type FlatComponent, type FlatJpeg, flatJpeg, segment } from '../bytes/jpeg';
import {
  at,
  CORNERS,
  colours,
  fromPixels,
  GREY_CORNERS,
  greys,
  HEIGHT,
  INK_CORNERS,
  inDisplayP3,
  type Kind,
  map,
  picture,
  refused,
  storedAs,
  WIDTH,
} from './kind';

/** ITU-T T.871: full-range YCbCr by the weights of BT.601. */
function toYcc([r = 0, g = 0, b = 0]: readonly number[]): readonly [number, number, number] {
  const y = 0.299 * r + 0.587 * g + 0.114 * b;
  return [y, 128 + (b - y) / 1.772, 128 + (r - y) / 1.402];
}

function components(
  samples: (colour: readonly number[]) => readonly number[],
  factors: readonly (readonly [h: number, v: number])[],
  ids: readonly number[] = [1, 2, 3, 4],
): readonly FlatComponent[] {
  return factors.map(([h, v], i) => ({
    id: ids[i] ?? 0,
    h,
    v,
    at: at(map(CORNERS, (corner) => samples(corner)[i] ?? 0)),
  }));
}

function flat(jpeg: Partial<FlatJpeg>): Buffer {
  const full = components(toYcc, [
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  return flatJpeg({ width: WIDTH, height: HEIGHT, components: full, ...jpeg });
}

const sampled = (h: number, v: number) =>
  components(toYcc, [
    [h, v],
    [1, 1],
    [1, 1],
  ]);

const FOUR: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 1],
  [1, 1],
  [1, 1],
];

/** Ink that makes the colour, with no black. Adobe stores what is left of the paper. */
const inverted = ([r = 0, g = 0, b = 0]: readonly number[]) => [r, g, b, 255];
const yccInverted = (colour: readonly number[]) => [...toYcc(colour.map((value) => 255 - value)), 255];

/** What comes behind the first marker of a JPEG. */
const withSegments = async (jpeg: Promise<Buffer>, ...segments: readonly Buffer[]) => {
  const bytes = await jpeg;
  return Buffer.concat([bytes.subarray(0, 2), ...segments, bytes.subarray(2)]);
};

const plain = () => colours().jpeg({ chromaSubsampling: '4:4:4', quality: 95 });
const jpeg = picture('jpeg');
/** Inks have no exact colours. */
const inked = picture('jpeg', { corners: INK_CORNERS, tolerance: 52 });

export const JPEG_KINDS: readonly Kind[] = [
  { name: 'baseline, 4:2:0', make: () => colours().jpeg({ quality: 95 }).toBuffer(), becomes: jpeg },
  { name: 'baseline, 4:4:4', make: () => plain().toBuffer(), becomes: jpeg },
  { name: '4:2:2', make: () => flat({ components: sampled(2, 1) }), becomes: jpeg },
  { name: '4:4:0', make: () => flat({ components: sampled(1, 2) }), becomes: jpeg },
  { name: '4:1:1', make: () => flat({ components: sampled(4, 1) }), becomes: jpeg },
  { name: 'progressive', make: () => colours().jpeg({ progressive: true }).toBuffer(), becomes: jpeg },
  { name: 'with restart markers', make: () => flat({ restartInterval: 5 }), becomes: jpeg },
  { name: 'each channel in its own scan', make: () => flat({ isSeparate: true }), becomes: jpeg },
  {
    name: 'RGB, by Adobe’s marker',
    make: () => flat({ components: components((rgb) => rgb, FOUR.slice(1)), segments: [adobe(0)] }),
    becomes: jpeg,
  },
  {
    name: 'RGB, by its components’ names',
    make: () => flat({ components: components((rgb) => rgb, FOUR.slice(1), [...Buffer.from('RGB')]) }),
    becomes: jpeg,
  },
  {
    name: 'grey',
    make: () => greys().jpeg().toBuffer(),
    becomes: picture('jpeg', { corners: GREY_CORNERS }),
  },
  {
    name: 'CMYK with a profile',
    make: () => colours().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
    becomes: inked,
  },
  {
    name: 'CMYK of Adobe’s, inverted, without a profile',
    make: () => flat({ components: components(inverted, FOUR), segments: [adobe(0)] }),
    becomes: inked,
  },
  {
    name: 'YCCK',
    make: () => flat({ components: components(yccInverted, FOUR), segments: [adobe(2)] }),
    becomes: inked,
  },
  {
    name: 'Display P3',
    make: async () => plain().withIccProfile('p3').toBuffer(),
    becomes: jpeg,
  },
  {
    name: 'grey with a profile of colours',
    make: async () => {
      const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), await displayP3()]);
      return withSegments(greys().jpeg().toBuffer(), segment(0xe2, profile));
    },
    becomes: picture('jpeg', { corners: GREY_CORNERS }),
  },
  {
    name: 'with a profile that is noise',
    make: () =>
      withSegments(
        plain().toBuffer(),
        segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(900, 0x5a)),
      ),
    becomes: jpeg,
  },
  ...[2, 3, 4, 5, 6, 7, 8].map(
    (orientation): Kind => ({
      name: `lying, EXIF orientation ${orientation}`,
      make: async () =>
        (await storedAs(orientation))
          .jpeg({ chromaSubsampling: '4:4:4', quality: 95 })
          .withMetadata({ orientation })
          .toBuffer(),
      becomes: jpeg,
    }),
  ),
  {
    name: 'with an EXIF orientation of nothing',
    make: () => withSegments(plain().toBuffer(), exif(99)),
    becomes: jpeg,
  },
  {
    name: 'with EXIF that breaks off',
    make: () =>
      withSegments(plain().toBuffer(), segment(0xe1, Buffer.from('Exif\0\0II*\0\xff\xff', 'latin1'))),
    becomes: jpeg,
  },
  {
    name: 'without its end marker',
    make: async () => (await plain().toBuffer()).subarray(0, -2),
    becomes: jpeg,
  },
  {
    name: 'with a video behind it',
    make: async () => Buffer.concat([await plain().toBuffer(), Buffer.alloc(400, 7)]),
    becomes: jpeg,
  },
  {
    name: 'with a second picture behind it',
    make: async () => Buffer.concat([await plain().toBuffer(), await greys().jpeg().toBuffer()]),
    becomes: jpeg,
  },
  {
    name: 'with a gain map behind it (Ultra HDR)',
    make: async () => withSegments(plain().toBuffer(), xmp(GAIN_MAP)).then(withGainMap),
    becomes: jpeg,
  },
  {
    name: 'with a profile in two parts',
    make: async () => {
      const icc = await displayP3();
      const part = (number: number, data: Buffer) =>
        segment(0xe2, Buffer.from('ICC_PROFILE\0', 'latin1'), Buffer.from([number, 2]), data);
      const stored = fromPixels(await inDisplayP3(), 3).jpeg({ chromaSubsampling: '4:4:4', quality: 95 });
      return withSegments(stored.toBuffer(), part(1, icc.subarray(0, 200)), part(2, icc.subarray(200)));
    },
    becomes: jpeg,
  },
  {
    name: 'with a small picture in its EXIF',
    make: async () =>
      withSegments(
        plain().toBuffer(),
        segment(
          0xe1,
          Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'),
          await greys().jpeg().toBuffer(),
        ),
      ),
    becomes: jpeg,
  },
  {
    name: 'with bytes of filling in front of its markers',
    make: async () => {
      const bytes = await plain().toBuffer();
      const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
      return Buffer.concat([bytes.subarray(0, scan), Buffer.alloc(40, 0xff), bytes.subarray(scan)]);
    },
    becomes: jpeg,
  },
  {
    name: 'with a comment that is HTML',
    make: async () =>
      withSegments(plain().toBuffer(), segment(0xfe, Buffer.from('<script>alert(1)</script>'))),
    becomes: jpeg,
  },
  {
    name: 'that says 65,500 by 65,500 pixels',
    make: () => {
      const bytes = flat({});
      const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
      bytes.writeUInt16BE(65_500, frame + 5);
      bytes.writeUInt16BE(65_500, frame + 7);
      return bytes;
    },
    becomes: refused('source-pixels'),
  },
  {
    name: 'lossless',
    make: () => {
      const bytes = flat({});
      bytes.writeUInt8(0xc3, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 1);
      return bytes;
    },
    becomes: refused('undecodable'),
  },
  {
    name: 'with a height that comes late',
    make: () => flat({ isHeightLate: true }),
    becomes: refused('undecodable'),
  },
  {
    name: 'of 12 bits',
    make: () =>
      flat({
        bits: 12,
        components: components((rgb) => toYcc(rgb).map((value) => value * 16), FOUR.slice(1)),
      }),
    becomes: refused('undecodable'),
  },
  {
    name: 'that breaks off',
    make: async () => {
      const bytes = await colours().jpeg().toBuffer();
      return bytes.subarray(0, bytes.length - 30);
    },
    becomes: refused('undecodable'),
  },
  {
    name: 'that breaks off, with an end marker',
    make: async () => {
      const bytes = await colours().jpeg({ progressive: true }).toBuffer();
      return Buffer.concat([bytes.subarray(0, bytes.length - 30), Buffer.from([0xff, 0xd9])]);
    },
    becomes: refused('undecodable'),
  },
];

/** A segment of EXIF that says an orientation. */
function exif(orientation: number): Buffer {
  return segment(
    0xe1,
    Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1'),
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0, 0]),
  );
}

async function displayP3(): Promise<Buffer> {
  const { icc } = await sharp(await colours().withIccProfile('p3').png().toBuffer()).metadata();
  if (icc === undefined) throw new Error('no profile');
  return icc;
}

const GAIN_MAP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" hdrgm:GainMapMax="2" hdrgm:HDRCapacityMax="2"/></rdf:RDF></x:xmpmeta>';

function xmp(text: string): Buffer {
  return segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${text}`));
}

/** With a second JPEG behind it, which makes an HDR picture of the first. */
async function withGainMap(jpeg: Buffer): Promise<Buffer> {
  const map = await withSegments(greys().jpeg().toBuffer(), xmp(GAIN_MAP));
  const entry = (size: number, offset: number) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(size, 4);
    bytes.writeUInt32BE(offset, 8);
    return bytes;
  };
  // CIPA DC-007: a TIFF header, three tags and two entries.
  const header = (size: number) =>
    segment(
      0xe2,
      Buffer.from(
        'MPF\0MM\0*\0\0\0\x08\0\x03\xb0\0\0\x07\0\0\0\x040100\xb0\x01\0\x04\0\0\0\x01\0\0\0\x02\xb0\x02\0\x07\0\0\0\x20\0\0\0\x32\0\0\0\0',
        'latin1',
      ),
      entry(size, 0),
      entry(map.length, Math.max(0, size - 10)),
    );
  const size = jpeg.length + header(0).length;
  return Buffer.concat([jpeg.subarray(0, 2), header(size), jpeg.subarray(2), map]);
}
