import { handled } from '../support/handled';
import { bigTiff } from '../support/originals';
import { distance, pixelAt } from '../support/pictures';

test.each(['II', 'MM'] as const)('a BigTIFF in byte order %s is cropped', async (order) => {
  const { image, headers } = await handled(bigTiff(order, 64, [200, 100, 50]), 't=A&w=32');
  expect(headers).toMatchObject({
    'content-type': 'image/jpeg',
    'crop-status': expect.stringMatching(/^rendered/),
  });
  expect(distance(await pixelAt(image, 16, 16), [200, 100, 50])).toBeLessThan(9);
});
