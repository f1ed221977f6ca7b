import sharp from 'sharp';
import { compass, noise } from '../../../conformance/objects/draw';
import { createHandler } from '../../../lambda/origin-response/handler';
import { createSharpRenderer } from '../../../lambda/origin-response/render/render';
import { bodyOf, originResponseEvent, plainHeaders } from '../../support/events';
import {
  avifThatSays,
  gifOfFrames,
  jpegOfNothing,
  jpegWithBrokenProfile,
  pngBomb,
  textBomb,
} from '../../support/hostile';
import { functionSettings } from '../../support/settings';

const renderer = createSharpRenderer();

async function ask(bytes: Buffer, querystring = 't=A&w=100') {
  const handler = createHandler({
    settings: functionSettings(),
    fetch: async () => ({ kind: 'bytes', bytes }),
    renderer,
    log: () => {},
  });
  const response = await handler(originResponseEvent({ querystring }), {
    getRemainingTimeInMillis: () => 30_000,
  });
  return { response, headers: plainHeaders(response) };
}

const FALLBACKS: readonly (readonly [string, () => Buffer | Promise<Buffer>, string])[] = [
  ['a PNG of 400 megapixels in 50 kB', () => pngBomb(20_000, 20_000), 'source-pixels'],
  ['an AVIF of 289 megapixels in 1 kB', () => avifThatSays(17_000, 17_000), 'source-pixels'],
  ['a GIF of 10,000 frames', () => gifOfFrames(10_000, 100), 'source-pixels'],
  [
    'a JPEG that breaks off',
    async () => (await noise(300, 200).jpeg().toBuffer()).subarray(0, 9_000),
    'undecodable',
  ],
  [
    'a PNG that breaks off',
    async () => (await noise(300, 200).png().toBuffer()).subarray(0, 9_000),
    'undecodable',
  ],
  [
    'a WebP that breaks off',
    async () => (await noise(300, 200).webp().toBuffer()).subarray(0, 9_000),
    'undecodable',
  ],
  ['a JPEG without pixels', jpegOfNothing, 'undecodable'],
  ['a PNG without a width', () => pngBomb(0, 5), 'undecodable'],
  ['a GIF of a signature alone', () => Buffer.from('GIF89a'), 'undecodable'],
  ['a TIFF of a signature alone', () => Buffer.from('II*\0'), 'undecodable'],
];

test.each(FALLBACKS)('%s is the original, for an hour', async (_name, draw, reason) => {
  const { response, headers } = await ask(await draw());
  expect(response.body).toBeUndefined();
  expect(headers).toMatchObject({
    'crop-status': `original;reason=${reason}`,
    'cache-control': 'public, max-age=3600',
  });
  expect(headers).not.toHaveProperty('etag');
  expect(headers).not.toHaveProperty('last-modified');
});

test.each([
  ['text that is called a picture', 'text', Buffer.from('just text')],
  ['nothing', 'empty', Buffer.alloc(0)],
  ['html with a script', 'html', Buffer.from('<html><script>alert(1)</script></html>')],
  [
    'svg with a script',
    'svg',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  ],
  ['gzip', 'gzip', Buffer.from('\x1f\x8b\x08\0\0\0\0\0', 'latin1')],
  ['pdf', 'pdf', Buffer.from('%PDF-1.7')],
])("%s is S3's own answer, and says so", async (_name, type, bytes) => {
  const { response, headers } = await ask(bytes);
  expect(response.body).toBeUndefined();
  expect(headers['crop-status']).toBe(`original;reason=not-cropped;type=${type}`);
  expect(headers.etag).toBe('"original"');
});

test.each([
  ['a profile that is noise', jpegWithBrokenProfile],
  ['a text of a hundred megabytes in a small PNG', textBomb],
  ['a PNG that is called .jpg', () => compass(200, 100).png().toBuffer()],
] as const)('%s is rendered all the same', async (_name, draw) => {
  const { response, headers } = await ask(await draw());
  expect(headers['crop-status']).toMatch(/^rendered/);
  await expect(sharp(bodyOf(response)).stats()).resolves.toBeDefined();
});

describe.each(['svg', 'pdf', 'magick', 'jxl', 'hdr', 'raw'])('the loader for %s', (name) => {
  const files: Record<string, string> = {
    svg: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    pdf: '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj',
    magick: 'P3\n1 1\n255\n1 2 3\n',
    jxl: '\xff\x0a',
    hdr: '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n1234',
    raw: 'VIPS-file',
  };
  test('is blocked, whatever sniffing says', async () => {
    const bytes = Buffer.from(files[name] ?? '', 'latin1');
    const claimed = {
      bytes,
      format: 'jpeg',
      isChanged: false,
      skippedFrames: 0,
      isPremultiplied: false,
    } as const;
    await expect(renderer.inspect(claimed)).rejects.toThrow();
  });
});
