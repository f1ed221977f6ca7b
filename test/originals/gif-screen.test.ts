import sharp from 'sharp';
import { handled } from '../support/handled';
import { pixelAt } from '../support/pictures';

/** Frames of 20 × 20 at the given places of a screen of 80 × 80: a table of two colours, the second one red. */
function smallFrames(places: readonly (readonly [number, number])[]): Buffer {
  const screen = [...Buffer.from('GIF89a'), 80, 0, 80, 0, 0x80, 0, 0, 0, 0, 0, 255, 0, 0];
  // 20 × 20 pixels of colour 1: codes of three bits, the table cleared before each one.
  const codes = Array.from({ length: 400 }, () => [4, 1]).flat();
  const bits = [...codes, 5].flatMap((code) => [code & 1, (code >> 1) & 1, (code >> 2) & 1]);
  const data = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((byte, bit, at) => byte | (bit << at), 0),
  );
  const blocks: number[] = [];
  for (let i = 0; i < data.length; i += 255) {
    const block = data.slice(i, i + 255);
    blocks.push(block.length, ...block);
  }
  const frames = places.flatMap(([left, top]) => [
    ...[0x21, 0xf9, 4, 4, 10, 0, 0, 0],
    ...[0x2c, left, 0, top, 0, 20, 0, 20, 0, 0, 2, ...blocks, 0],
  ]);
  return Buffer.from([...screen, ...frames, 0x3b]);
}

test.each(['png', 'webp'])(
  'a still that does not fill its screen is transparent around it: %s',
  async (format) => {
    const { image } = await handled(smallFrames([[30, 30]]), `t=A&format=${format}`);
    expect((await pixelAt(image, 5, 5))[3]).toBe(0);
    const [red = 0, , , alpha] = await pixelAt(image, 40, 40);
    expect(red).toBeGreaterThan(240);
    expect(alpha).toBe(255);
  },
);

test('in a JPEG the background comes there', async () => {
  const { image } = await handled(smallFrames([[30, 30]]), 't=A&format=jpeg');
  expect(await pixelAt(image, 5, 5)).toEqual([255, 255, 255]);
});

test.each(['', '&format=webp'])('an animation keeps its frames and their times%s', async (format) => {
  const moving = smallFrames([
    [0, 0],
    [30, 30],
    [60, 60],
  ]);
  const { image, log } = await handled(moving, `t=A&w=40${format}`);
  expect(log).toMatchObject([{ plan: { frames: 3 } }]);
  expect(await sharp(image).metadata()).toMatchObject({ pages: 3, delay: [100, 100, 100] });
  expect((await pixelAt(image, 35, 2))[3]).toBe(0);
});
