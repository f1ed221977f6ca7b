import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { compass } from '../../conformance/objects/draw';
import { handled } from '../support/handled';

const picture = () => compass(80, 60).png().toBuffer();
const ask = (bytes: Buffer, encoding: string, options = {}) =>
  handled(bytes, 't=A&w=40', options, { headers: { 'Content-Encoding': encoding, ETag: '"a"' } });

test.each([
  ['gzip', (bytes: Buffer) => gzipSync(bytes)],
  ['x-gzip', (bytes: Buffer) => gzipSync(bytes)],
  ['GZIP, aws-chunked', (bytes: Buffer) => gzipSync(bytes)],
  ['br', (bytes: Buffer) => brotliCompressSync(bytes)],
  ['deflate', (bytes: Buffer) => deflateSync(bytes)],
  ['br, gzip', (bytes: Buffer) => gzipSync(brotliCompressSync(bytes))],
  ['aws-chunked', (bytes: Buffer) => bytes],
  // Uploaders say so of what they did not compress.
  ['gzip', (bytes: Buffer) => bytes],
  ['utf-8', (bytes: Buffer) => bytes],
])('an original with the encoding %s is cropped', async (encoding, encode) => {
  const { headers } = await ask(encode(await picture()), encoding);
  expect(headers['crop-status']).toMatch(/^rendered;size=40x30/);
  expect(headers).not.toHaveProperty('content-encoding');
});

test.each([
  ['an encoding that we do not know', 'zstd', () => Buffer.from('(zstd)')],
  ['one that its bytes do not have', 'br', () => Buffer.from('not brotli')],
  ['one that breaks off', 'gzip', async () => gzipSync(await picture()).subarray(0, 60)],
])('%s: the original, and why', async (_name, encoding, encoded) => {
  const { headers, log } = await ask(await encoded(), encoding);
  expect(headers).toMatchObject({
    'crop-status': 'original;reason=content-encoding',
    'cache-control': 'public, max-age=3600',
    'content-encoding': encoding,
  });
  expect(log).toMatchObject([{ reason: 'content-encoding' }]);
});

test('a bomb is not inflated beyond the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const { headers } = await ask(bomb, 'gzip', { limits: { sourceBytes: 1_000_000 } });
  expect(headers['crop-status']).toBe('original;reason=source-bytes');
});

test('what is no picture without its encoding either is said to be what it is', async () => {
  const svg = gzipSync(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  const { headers } = await ask(svg, 'gzip');
  expect(headers['crop-status']).toBe('original;reason=not-cropped;type=svg');
});
