import { handled } from '../support/handled';
import { premultipliedAvif } from '../support/originals';
import { distance, pixelAt } from '../support/pictures';

test('the colours of a premultiplied AVIF are as bright as they were', async () => {
  const bytes = await premultipliedAvif(64, [240, 200, 80], 0.5);
  for (const format of ['png', 'webp', 'avif']) {
    const { image } = await handled(bytes, `t=A&w=32&format=${format}`);
    expect(distance(await pixelAt(image, 16, 16), [240, 200, 80, 128])).toBeLessThan(12);
  }
  // On white.
  const { image } = await handled(bytes, 't=A&w=32&format=jpeg');
  expect(distance(await pixelAt(image, 16, 16), [248, 228, 168])).toBeLessThan(8);
});
