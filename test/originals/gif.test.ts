import sharp from 'sharp';
import { handled } from '../support/handled';
import { distance, pixelAt } from '../support/pictures';

const TYPES = { types: { pad: { fit: 'contain', background: '#336699' } } } as const;

/** Columns of pure red and pure blue, one pixel wide: a GIF whose palette has nothing in between. */
async function stripes(frames: number): Promise<Buffer> {
  const pixels = Buffer.alloc(128 * 64 * frames * 3);
  for (let i = 0; i < pixels.length / 3; i++) pixels[i * 3 + (i % 2 === 0 ? 0 : 2)] = 255;
  return sharp(pixels, { raw: { width: 128, height: 64 * frames, channels: 3, pageHeight: 64 } })
    .gif({ colours: 2, dither: 0 })
    .toBuffer();
}

describe.each([1, 3])('a GIF with one palette, of %i frames', (frames) => {
  test('gets the colours in between', async () => {
    const { image } = await handled(await stripes(frames), 't=A&w=64');
    expect(await sharp(image, { animated: true }).metadata()).toMatchObject({ format: 'gif', width: 64 });
    expect(distance((await pixelAt(image, 20, 20)).slice(0, 3), [128, 0, 128])).toBeLessThan(9);
  });

  test.each([
    ['t=A&w=96&h=80&fit=contain', [255, 255, 255]],
    ['t=pad&w=96&h=80', [51, 102, 153]],
  ])('is padded with a colour that its palette lacks: %s', async (query, colour) => {
    const { image } = await handled(await stripes(frames), query, TYPES);
    const [r, g, b, alpha = 255] = await pixelAt(image, 1, 1);
    expect(distance([r ?? 0, g ?? 0, b ?? 0, alpha], [...colour, 255])).toBeLessThan(9);
  });
});
