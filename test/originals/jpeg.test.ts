import sharp from 'sharp';
import { compass, noise } from '../../conformance/objects/draw';
import { handled } from '../support/handled';
import { distance, pixelAt } from '../support/pictures';

const END = Buffer.from([0xff, 0xd9]);
const KINDS = {
  baseline: () => noise(160, 120).jpeg().toBuffer(),
  progressive: () => noise(160, 120).jpeg({ progressive: true }).toBuffer(),
  grey: () => noise(160, 120).toColourspace('b-w').jpeg().toBuffer(),
  'lying on its side': () => noise(160, 120).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
} as const;

describe.each(Object.entries(KINDS))('a JPEG, %s', (_name, draw) => {
  test('without its end marker is the same picture', async () => {
    const whole = await draw();
    const query = 't=A&w=80&format=png';
    const { image, headers } = await handled(whole.subarray(0, -2), query);
    expect(headers['crop-status']).toMatch(/^rendered/);
    expect(image.equals((await handled(whole, query)).image)).toBe(true);
  });

  test.each([0.3, 0.5, 0.95])('cut off at %d is never drawn, with an end marker or without', async (part) => {
    const whole = await draw();
    const cut = whole.subarray(0, Math.floor(whole.length * part));
    for (const bytes of [cut, Buffer.concat([cut, END])]) {
      const { headers } = await handled(bytes, 't=A&w=80');
      expect(headers['crop-status']).toBe('original;reason=undecodable');
    }
  });
});

test.each([0.02, 0.2, 0.6, 0.9, 0.99])('a small one of few colours, of which %d is there', async (part) => {
  for (const chromaSubsampling of ['4:2:0', '4:4:4']) {
    const whole = await compass(130, 70).jpeg({ chromaSubsampling }).toBuffer();
    const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
    const cut = whole.subarray(0, scan + Math.floor((whole.length - scan) * part));
    for (const bytes of [cut, Buffer.concat([cut, END])]) {
      const { headers } = await handled(bytes, 't=A&w=16');
      expect(headers['crop-status']).toBe('original;reason=undecodable');
    }
  }
});

test.each([0.97, 0.99, 0.999])('a large one of which %d is there is not drawn small either', async (part) => {
  const whole = await noise(800, 600).jpeg().toBuffer();
  const cut = whole.subarray(0, Math.floor(whole.length * part));
  for (const width of [20, 100, 400]) {
    const { headers } = await handled(Buffer.concat([cut, END]), `t=A&w=${width}`);
    expect(headers['crop-status']).toBe('original;reason=undecodable');
  }
});

test('a progressive JPEG that ends after a scan is never drawn', async () => {
  const whole = await KINDS.progressive();
  const scans: number[] = [];
  for (let at = whole.indexOf(END[0] as number); at >= 0; at = whole.indexOf(0xff, at + 1)) {
    if (whole[at + 1] === 0xda) scans.push(at);
  }
  expect(scans.length).toBeGreaterThan(3);
  for (const at of scans.slice(1)) {
    const { headers } = await handled(Buffer.concat([whole.subarray(0, at), END]), 't=A&w=80');
    expect(headers['crop-status']).toBe('original;reason=undecodable');
  }
});

test('what a decoder warns of where no row is missing does no harm', async () => {
  const whole = await compass(160, 120).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
  // Bytes between two segments.
  const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
  const padded = Buffer.concat([whole.subarray(0, scan), Buffer.from([1, 2, 3]), whole.subarray(scan)]);
  await expect(sharp(padded, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('extraneous bytes');
  const { image, headers } = await handled(padded, 't=A&w=80&format=png');
  expect(headers['crop-status']).toMatch(/^rendered/);
  expect(distance(await pixelAt(image, 4, 4), await pixelAt(whole, 8, 8))).toBeLessThan(6);
});

test('what stands behind the picture, such as a video, does no harm', async () => {
  const whole = await compass(160, 120).jpeg().toBuffer();
  const { headers } = await handled(Buffer.concat([whole, Buffer.alloc(500, 7)]), 't=A&w=80');
  expect(headers['crop-status']).toMatch(/^rendered/);
});
