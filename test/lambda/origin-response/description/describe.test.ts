import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio, thumbHashToRGBA } from 'thumbhash';
import { animation, COMPASS, camera, compass } from '../../../../conformance/objects/draw';
import type { CroppingOptions } from '../../../../lib/configuration/options';
import type { EventOptions } from '../../../support/events';
import { handled } from '../../../support/handled';

async function described(
  bytes: Buffer,
  query: string,
  options: CroppingOptions = {},
  event: EventOptions = {},
) {
  const result = await handled(bytes, `t=A&${query}&format=json`, options, event);
  return { ...result, json: JSON.parse(String(result.response.body)) };
}

const hex = (colour: readonly number[]) => `#${colour.map((c) => c.toString(16).padStart(2, '0')).join('')}`;

test('what the crop will be, and what the original is', async () => {
  const original = await compass(300, 200).png().toBuffer();
  const { response, headers, json, log } = await described(original, 'w=40&h=90&position=east');
  expect(response).toMatchObject({ status: '200', bodyEncoding: 'text' });
  expect(json).toStrictEqual({
    width: 40,
    height: 90,
    format: 'png',
    frames: 1,
    source: { width: 300, height: 200, format: 'png', frames: 1, bytes: original.length },
    color: expect.any(String),
    thumbhash: expect.any(String),
  });
  expect([hex(COMPASS.northeast), hex(COMPASS.southeast)]).toContain(json.color);
  expect(String(response.body).length).toBeLessThan(260);
  // As the crop is kept: expiry costs a 304.
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'public, max-age=86400',
    'crop-status': 'described;size=40x90',
    etag: '"original"',
    'last-modified': 'Sun, 01 Nov 2026 00:00:00 GMT',
  });
  expect(headers).not.toHaveProperty('content-length');
  expect(log).toMatchObject([{ outcome: 'described', answers: 1 }]);
});

test('the thumbhash shows the crop: its ratio, its colours where they are', async () => {
  const { json } = await described(await compass(300, 200).jpeg({ quality: 95 }).toBuffer(), 'w=150&h=200');
  const hash = Buffer.from(json.thumbhash, 'base64');
  expect(thumbHashToApproximateAspectRatio(hash)).toBeCloseTo(0.71, 1);
  const { w, rgba } = thumbHashToRGBA(hash);
  // Red in the north-west, blue in the south-west.
  expect(rgba[4 * (w + 1)]).toBeGreaterThan(150);
  expect(rgba[rgba.length - 4 * w + 4 + 2]).toBeGreaterThan(150);
});

test('a camera’s picture is upright, and nothing of its EXIF is told', async () => {
  const { json, response } = await described(await camera(60, 40), 'w=30');
  expect(json).toMatchObject({ width: 30, height: 20, format: 'jpeg', source: { width: 60, height: 40 } });
  expect(String(response.body)).not.toMatch(/GPS|Make|orientation/i);
});

test('an animation has its frames, and a grey or transparent picture its colour', async () => {
  expect((await described(await animation(60, ['red', 'lime', 'blue']), 'w=20')).json).toMatchObject({
    frames: 3,
    format: 'gif',
    color: '#ff0000',
    source: { frames: 3 },
  });
  const grey = await sharp(Buffer.alloc(400, 90), { raw: { width: 20, height: 20, channels: 1 } })
    .png()
    .toBuffer();
  expect((await described(grey, 'w=10')).json.color).toBe('#5a5a5a');
  const create = { width: 8, height: 8, channels: 4, background: '#00000000' } as const;
  expect((await described(await sharp({ create }).png().toBuffer(), 'w=4')).json).not.toHaveProperty('color');
});

describe('focus', () => {
  const focusOf = async (bytes: Buffer, query: string, headers = {}) =>
    (await described(bytes, query, {}, { headers })).json.focus;

  test('is the point of the URL, else of the object, and no word', async () => {
    const bytes = await compass(80, 40).png().toBuffer();
    const stored = { 'x-amz-meta-focus': '0.1,0.2' };
    expect(await focusOf(bytes, 'w=20&h=20&position=0.3,0.7', stored)).toBe('0.3,0.7');
    expect(await focusOf(bytes, 'w=20&h=20', stored)).toBe('0.1,0.2');
    expect(await focusOf(bytes, 'w=20&h=20&position=east', stored)).toBeUndefined();
    expect(await focusOf(bytes, 'w=20&h=20')).toBeUndefined();
  });

  test.each(['png', 'jpeg', 'webp'] as const)(
    'is what draws attention, in fractions of the picture: %s',
    async (format) => {
      const dot = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#e02010' } })
        .png()
        .toBuffer();
      const bytes = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#808080' } })
        .composite([{ input: dot, left: 900, top: 200 }])
        .toFormat(format)
        .toBuffer();
      // Where it cuts and where it does not.
      for (const query of ['w=100&h=25', 'w=60&h=40', 'w=1000&h=1000']) {
        const [x, y] = String(await focusOf(bytes, `${query}&position=attention`))
          .split(',')
          .map(Number);
        expect(Math.abs((x ?? 0) - 945 / 1200)).toBeLessThan(0.06);
        expect(Math.abs((y ?? 0) - 245 / 800)).toBeLessThan(0.06);
      }
    },
  );
});

test('under deny nothing is said of the original', async () => {
  const { json } = await described(await compass(80, 40).png().toBuffer(), 'w=20', { originals: 'deny' });
  expect(json).not.toHaveProperty('source');
  expect(json).toMatchObject({ width: 20, height: 10 });
});

test.each([
  ['undecodable', async () => (await compass(300, 300).jpeg().toBuffer()).subarray(0, 900), '415'],
  ['not-cropped', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), '415'],
] as const)('a picture that is refused says why in JSON: %s', async (reason, bytes, status) => {
  const { response, headers, json } = await described(await bytes(), 'w=20');
  expect(response.status).toBe(status);
  expect(json).toStrictEqual({ reason, message: expect.stringMatching(/^the original /) });
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'max-age=60',
    'crop-status': `error;reason=${reason}`,
  });
  expect(headers).not.toHaveProperty('etag');
});

test('HEAD is application/json, and a missing object is S3’s 404 whatever stands in for pictures', async () => {
  const bytes = await compass(8, 4).png().toBuffer();
  const query = 't=A&w=20&format=json';
  expect((await handled(bytes, query, {}, { method: 'HEAD' })).headers['content-type']).toBe(
    'application/json',
  );
  const { response } = await handled(bytes, query, { missing: { key: 'none.png' } }, { status: '404' });
  expect(response).toMatchObject({ status: '404' });
  expect(response.body).toBeUndefined();
});
