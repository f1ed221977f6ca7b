import { noise } from '../../../../conformance/objects/draw';
import { maxImageBytes } from '../../../../lambda/origin-response/response/image-limit';
import { handled } from '../../../support/handled';

test.each([
  ['base64', undefined, 785_664],
  ['decoded', undefined, 1_047_552],
  // Where CloudFront does not count, nobody counts base64.
  ['base64', 16_000_000, 15_998_976],
  ['decoded', 16_000_000, 15_998_976],
] as const)('%s, %s', (bodyLength, bodyLimit, bytes) => {
  expect(maxImageBytes({}, bodyLength, bodyLimit)).toBe(bytes);
});

test('a crop fills the limit that it is given', async () => {
  const original = await noise(800, 700).png({ compressionLevel: 1 }).toBuffer();
  const crop = (bodyLimit?: number) => handled(original, 't=A&w=700&h=600&format=png', {}, {}, bodyLimit);
  expect((await crop()).image.length).toBeLessThan(785_664);
  const { image, headers } = await crop(4_000_000);
  expect(headers['crop-status']).toMatch(/^rendered;size=700x600;.*attempts=1$/);
  expect(image.length).toBeGreaterThan(1_048_576);
});
