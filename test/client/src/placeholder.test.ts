import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { placeholderDataUrl, placeholderUrl } from '../../../client/src/placeholder';
import { compass } from '../../../conformance/objects/draw';
import { afterThisTest } from '../../support/cleanup';

const CDN = 'https://cdn.example.com';

test.each([
  [{}, '?t=A&w=24&format=webp&quality=30'],
  [{ w: 640, h: 480 }, '?t=A&w=24&h=18&format=webp&quality=30'],
  [{ h: 480, position: 'north' }, '?t=A&h=24&format=webp&quality=30&position=north'],
  [{ t: 'thumb', w: 12, h: 4096 }, '?t=thumb&w=1&h=24&format=webp&quality=30'],
  [{ w: 16, h: 16 }, '?t=A&w=16&h=16&format=webp&quality=30'],
] as const)('%j', (params, query) => {
  expect(placeholderUrl(CDN, 'a b.jpg', params)).toBe(`${CDN}/a%20b.jpg${query}`);
});

/** Answers everything alike, and tells what was asked. */
async function serve(status: number, contentType: string, body: Buffer) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': contentType }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('the bytes are in the URL', async () => {
  const webp = await compass(24, 18).webp({ quality: 30 }).toBuffer();
  const { base, asked } = await serve(200, 'image/webp', webp);
  const url = await placeholderDataUrl(
    base,
    'cat.jpg',
    { w: 4, h: 3 },
    { sign: async (plain) => `${plain}&sig=x` },
  );
  expect(asked).toStrictEqual(['/cat.jpg?t=A&w=4&h=3&format=webp&quality=30&sig=x']);
  const [head, bytes = ''] = String(url).split(',');
  expect(head).toBe('data:image/webp;base64');
  expect(await sharp(Buffer.from(bytes, 'base64')).metadata()).toMatchObject({ width: 24, height: 18 });
});

test.each([
  ['a 404', 404, 'image/webp', 100],
  ['an original in its place', 200, 'image/jpeg', 100],
  ['a heavy picture', 200, 'image/webp', 5_000],
])('%s is no placeholder', async (_name, status, type, length) => {
  const { base } = await serve(status, type, Buffer.alloc(length));
  expect(await placeholderDataUrl(base, 'cat.jpg')).toBeUndefined();
});
