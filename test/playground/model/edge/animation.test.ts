import sharp from 'sharp';
import { compass } from '../../../../conformance/objects/draw';
import { isAnimated } from '../../../../playground/model/edge/animation';

async function frames(count: number, format: 'gif' | 'webp'): Promise<Buffer> {
  const pages = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      compass(20 + at, 20)
        .resize(20, 20)
        .blur(1 + at)
        .png()
        .toBuffer(),
    ),
  );
  return sharp(pages, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

test.each(['gif', 'webp'] as const)('tells a %s that moves from one that stands still', async (format) => {
  expect(isAnimated(await frames(3, format))).toBe(true);
  expect(isAnimated(await compass(20, 20).toFormat(format).toBuffer())).toBe(false);
});

test('nothing else moves, and no cut or empty file is an error', async () => {
  expect(isAnimated(await compass(20, 20).png().toBuffer())).toBe(false);
  const gif = await frames(3, 'gif');
  for (let length = 0; length < 60; length++) expect(isAnimated(gif.subarray(0, length))).toBe(false);
});
