import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevEdge } from '../../../edge/dev-edge';
import { startSelfHostedEdge } from '../../../edge/self-hosted-edge';
import { afterThisTest, temporaryFolder } from '../../support/cleanup';
import { writeAssembly } from '../assembly/assembly-fixture';
import { ask, serve, writeImages } from '../dev-edge-fixture';

function put(url: string, name: string, body: string | Buffer, headers: Record<string, string> = {}) {
  return fetch(`${url}_edgecrop/pictures?${new URLSearchParams({ name })}`, {
    method: 'PUT',
    body: Buffer.from(body),
    headers,
  });
}

test('serves a page that may ask nobody but the edge', async () => {
  const edge = await serve({}, { playground: true });
  expect(edge.playground).toBe(`${edge.url}_edgecrop/`);
  const page = await edge.ask('/_edgecrop/');
  expect([page.status, page.headers['content-type'], page.headers['content-security-policy']]).toEqual([
    200,
    'text/html; charset=utf-8',
    "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ]);
  expect((await edge.ask('/_edgecrop')).headers.location).toBe('/_edgecrop/');
  expect((await edge.ask('/_edgecrop/main.js')).headers['content-type']).toBe(
    'text/javascript; charset=utf-8',
  );
  expect((await edge.ask('/_edgecrop/', { method: 'POST' })).status).toBe(405);
});

test('is no part of an edge that is not asked for it, nor of one in production', async () => {
  const edge = await serve();
  expect(edge.playground).toBeUndefined();
  expect((await edge.ask('/_edgecrop/')).status).toBe(404);
  expect((await edge.ask('/_edgecrop/pictures', { method: 'PUT' })).status).toBe(403);

  const production = await startSelfHostedEdge({
    assembly: await writeAssembly({}),
    bucket: edge.bucket,
    endpoint: edge.s3Endpoint,
    ...{ host: '127.0.0.1', port: 0, warn: () => {}, info: () => {}, functionLog: () => {} },
  });
  afterThisTest(() => production.close());
  expect((await ask(production.url, '/_edgecrop/')).status).not.toBe(200);
  expect((await ask(production.url, '/_edgecrop/main.js')).status).not.toBe(200);
});

test('lists the pictures of the folder, and no other file', async () => {
  const edge = await serve(
    { files: { 'b.txt': 'text', 'z/a.PNG': 'picture', 'c.avif': 'picture' } },
    { playground: true },
  );
  expect(JSON.parse((await edge.ask('/_edgecrop/pictures')).body.toString())).toEqual({
    pictures: ['c.avif', 'z/a.PNG'],
    first: 'c.avif',
    total: 2,
  });
});

test('holds a picture in a folder of its own, serves it as an original, and removes it at the end', async () => {
  const images = await temporaryFolder();
  const assembly = await writeAssembly({});
  await writeImages(images, { 'cat.jpg': 'the bytes of a cat' });
  const edge = await startDevEdge({ assembly, images, playground: true });
  afterThisTest(() => edge.close());
  const answer = await put(edge.url, 'my cat.jpg', 'another cat', { 'content-type': 'image/jpeg' });
  expect([answer.status, await answer.json()]).toEqual([201, { key: '_dropped/2922b64c-my cat.jpg' }]);
  const original = await ask(edge.url, '/_dropped/2922b64c-my%20cat.jpg');
  expect([original.status, original.headers['content-type'], original.body.toString()]).toEqual([
    200,
    'image/jpeg',
    'another cat',
  ]);
  expect(readdirSync(images)).toEqual(['cat.jpg']);

  // Another picture of the same name is another URL, so that no cache confuses them.
  const second = await put(edge.url, 'my cat.jpg', 'a third cat');
  expect(await second.json()).not.toEqual({ key: '_dropped/2922b64c-my cat.jpg' });
  const held = () =>
    readdirSync(tmpdir()).filter((name) =>
      existsSync(join(tmpdir(), name, '_dropped', '2922b64c-my cat.jpg')),
    );
  expect(held()).toEqual([expect.stringMatching(/^edgecrop-uploads-/)]);
  await edge.close();
  expect(held()).toEqual([]);
});

test.each([
  ['../../evil.jpg', 'x', {}, 400, /^name: got "..\/..\/evil.jpg", allowed: /],
  ['a\\b.jpg', 'x', {}, 400, /^name: got /],
  ['a.svg', 'x', {}, 400, /^name: got "a.svg", allowed: /],
  [`${'a'.repeat(90)}.jpg`, 'x', {}, 400, /^name: got "a{40}\.\.\.", allowed: at most 80 characters/],
  ['a.jpg', '', {}, 400, /^"a.jpg": got no bytes, allowed: a picture\n$/],
  [
    'a.jpg',
    'x',
    { 'content-type': 'text/html' },
    415,
    /^content-type: got "text\/html", allowed: image\/jpeg\n$/,
  ],
  [
    'a.jpg',
    Buffer.alloc(50_000_001),
    {},
    413,
    /^"a.jpg": got more than 50000000 bytes, allowed: at most that\n$/,
  ],
])('refuses %.20s in a line', async (name, body, headers, status, line) => {
  const edge = await serve({}, { playground: true });
  const answer = await put(edge.url, name, body, headers);
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(line)]);
});

test('takes nothing from another site', async () => {
  const edge = await serve({}, { playground: true });
  const answer = await edge.ask('/_edgecrop/pictures?name=a.jpg', {
    method: 'PUT',
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect([answer.status, answer.body.toString()]).toEqual([
    403,
    'sec-fetch-site: got "cross-site", allowed: same-origin\n',
  ]);
});
