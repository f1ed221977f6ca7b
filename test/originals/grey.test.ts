import sharp, { type Sharp } from 'sharp';
import { encodeChunk } from '../../lambda/origin-response/containers/png-chunks';
import { handled } from '../support/handled';
import { distance, pixelAt } from '../support/pictures';

const TYPES = {
  types: { pad: { fit: 'contain', background: '#336699' }, blue: { background: '#336699' } },
} as const;

/** A flat grey picture of one channel. */
function grey(alpha: boolean): Sharp {
  const channels = alpha ? 2 : 1;
  const pixels = Buffer.alloc(64 * 64 * channels, 128);
  if (alpha) for (let i = 1; i < pixels.length; i += 2) pixels[i] = 0;
  return sharp(pixels, { raw: { width: 64, height: 64, channels } }).toColourspace('b-w');
}

const OPAQUE: Readonly<Record<string, () => Promise<Buffer>>> = {
  JPEG: () => grey(false).jpeg().toBuffer(),
  'PNG of 8 bits': () => grey(false).png().toBuffer(),
  'PNG of 16 bits': () => grey(false).toColourspace('grey16').png().toBuffer(),
  'PNG of 1 bit': () => grey(false).threshold(100).png({ palette: true, colours: 2 }).toBuffer(),
  TIFF: () => grey(false).tiff({ compression: 'lzw' }).toBuffer(),
  'TIFF of 1 bit': () => grey(false).threshold(100).tiff({ bitdepth: 1 }).toBuffer(),
};

test.each(Object.entries(OPAQUE))('%s is padded with the colour of the type', async (_name, draw) => {
  const bytes = await draw();
  for (const format of ['jpeg', 'png', 'webp', 'avif']) {
    const { image } = await handled(bytes, `t=pad&w=96&h=40&format=${format}`, TYPES);
    expect(distance((await pixelAt(image, 2, 2)).slice(0, 3), [51, 102, 153])).toBeLessThan(9);
  }
});

test.each([
  ['PNG', () => grey(true).png().toBuffer()],
  ['TIFF', () => grey(true).tiff({ compression: 'lzw' }).toBuffer()],
])('%s with alpha: its ground is the colour of the type', async (_name, draw) => {
  const bytes = await draw();
  const flat = await handled(bytes, 't=blue&w=32&format=jpeg', TYPES);
  expect(distance(await pixelAt(flat.image, 16, 16), [51, 102, 153])).toBeLessThan(9);
  const padded = await handled(bytes, 't=pad&w=96&h=40&format=png', TYPES);
  expect(distance((await pixelAt(padded.image, 2, 2)).slice(0, 3), [51, 102, 153])).toBeLessThan(9);
});

test.each(['b-w', 'grey16'] as const)(
  '%s with a profile keeps its tones and gets the colour',
  async (space) => {
    // Light that is half as bright is 188 in sRGB.
    const linear = encodeChunk('gAMA', Buffer.from([0, 1, 0x86, 0xa0]));
    const png = await grey(false).toColourspace(space).png().toBuffer();
    const bytes = Buffer.concat([png.subarray(0, 33), linear, png.subarray(33)]);
    const padded = (await handled(bytes, 't=pad&w=96&h=40&format=png', TYPES)).image;
    expect(distance((await pixelAt(padded, 2, 2)).slice(0, 3), [51, 102, 153])).toBeLessThan(3);
    expect(distance((await pixelAt(padded, 48, 20)).slice(0, 3), [188, 188, 188])).toBeLessThan(3);
    const cut = (await handled(bytes, 't=A&w=30')).image;
    expect(distance(await pixelAt(cut, 9, 9), [188])).toBeLessThan(3);
  },
);

test('a white ground needs no colour, so a JPEG still shrinks while it is decoded', async () => {
  const bytes = await grey(false).jpeg().toBuffer();
  const { image, log } = await handled(bytes, 't=A&w=96&h=40&fit=contain&format=png');
  expect(log).toMatchObject([{ plan: { channels: 'stored' } }]);
  const [value = 0] = await pixelAt(image, 2, 2);
  expect(value).toBe(255);
});
