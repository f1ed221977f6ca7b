import sharp from 'sharp';
import { gif } from '../support/bytes/gif';
import { handled } from '../support/handled';
import { pixelAt } from '../support/pictures';

type Place = readonly [left: number, top: number];

/** Red frames of 20 × 20 at the given places of a screen. */
function smallFrames(places: readonly Place[], width = 80, height = 80, transparent?: number): Buffer {
  return gif({
    width,
    height,
    palette: [
      [0, 0, 0],
      [255, 0, 0],
    ],
    frames: places.map(([left, top]) => ({
      ...{ left, top, width: 20, height: 20, at: () => 1, disposal: 1 },
      ...(transparent !== undefined && { transparent }),
    })),
  });
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

// libnsgif takes these for a mistake of an old encoder, and the first frame for the screen.
test.each([
  [640, 480],
  [640, 512],
  [800, 600],
  [1024, 768],
  [1280, 1024],
  [1600, 1200],
  [2049, 40],
  [40, 3000],
])('a screen of %i × %i is believed, whatever its first frame covers', async (width, height) => {
  for (const transparent of [undefined, 0]) {
    const { image } = await handled(smallFrames([[10, 10]], width, height, transparent), 't=A&format=png');
    expect(await sharp(image).metadata()).toMatchObject({ width, height });
    expect((await pixelAt(image, 5, 5))[3]).toBe(0);
    expect((await pixelAt(image, 35, 35))[3]).toBe(0);
    expect((await pixelAt(image, 20, 20)).slice(0, 2)).toEqual([255, 0]);
  }
});

test('an animation on such a screen keeps its frames, and is cropped as one', async () => {
  const places: Place[] = [
    [0, 0],
    [620, 460],
  ];
  const { image, log } = await handled(smallFrames(places, 640, 480), 't=A&w=320&h=240&format=webp');
  expect(log).toMatchObject([{ plan: { frames: 2 } }]);
  expect(await sharp(image).metadata()).toMatchObject({
    pages: 2,
    width: 320,
    height: 240,
    delay: [100, 100],
  });
  const second = await sharp(image, { page: 1 }).png().toBuffer();
  expect((await pixelAt(second, 315, 235))[0]).toBeGreaterThan(240);
  expect((await pixelAt(second, 160, 120))[3]).toBe(0);
});

test('a screen that no limit allows is refused before it is drawn', async () => {
  const { log } = await handled(smallFrames([[0, 0]], 65_535, 65_535), 't=A&w=40');
  expect(log).toMatchObject([{ reason: 'source-pixels' }]);
});
