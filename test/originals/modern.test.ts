import sharp from 'sharp';
import { compass } from '../../conformance/objects/draw';
import { handled } from '../support/handled';

const AUTO = 't=A&w=30&format=auto-jpeg';

/** What a viewer gets that names neither AVIF nor WebP. */
test.each([
  ['avif', false, 'jpeg'],
  ['avif', true, 'png'],
  ['webp', false, 'jpeg'],
  ['webp', true, 'png'],
  ['png', false, 'png'],
  ['jpeg', false, 'jpeg'],
  ['tiff', true, 'png'],
] as const)('auto of an original in %s (alpha: %s) is %s', async (format, alpha, expected) => {
  const drawn = alpha ? compass(60, 40).ensureAlpha(0.5) : compass(60, 40);
  const { headers, image } = await handled(
    await drawn.toFormat(format, { compression: format === 'tiff' ? 'lzw' : 'av1' }).toBuffer(),
    AUTO,
  );
  expect(headers['content-type']).toBe(`image/${expected}`);
  expect(await sharp(image).metadata()).toMatchObject({ format: expected, width: 30 });
});

test('auto of an animated WebP is a GIF', async () => {
  const frames = await compass(40, 40).raw().toBuffer();
  const raw = { width: 40, height: 40, channels: 3, pageHeight: 20 } as const;
  const moving = await sharp(frames, { raw }).webp({ loop: 2 }).toBuffer();
  const { headers, image } = await handled(moving, AUTO);
  expect(headers['content-type']).toBe('image/gif');
  expect(await sharp(image).metadata()).toMatchObject({ format: 'gif', pages: 2 });
});
