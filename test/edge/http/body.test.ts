import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { collectBody } from '../../../edge/http/body';
import { argumentsFor, runEdge } from '../../bin/commands/serve-fixture';
import { deployOver, sendBytes } from '../s3-fixture';
import { serveSelfHosted } from '../self-hosted-edge-fixture';

/** Asks for a path and gives the response before its body. */
const open = (base: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(base + path.slice(1), { agent: false, headers }, resolve).on('error', reject);
  });

/** Reads a body to its end, or to where it breaks off. */
const lengthOf = (response: IncomingMessage) =>
  new Promise<number>((resolve) => {
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
    });
    response.on('error', () => {});
    response.on('close', () => resolve(length));
  });

test.each([
  ['too little', ['ab'], 3],
  ['too much', ['ab', 'cd'], 3],
])('%s is not taken for the whole', async (_, chunks, length) => {
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  await expect(collectBody(stream, length)).rejects.toThrow(/of 3 bytes arrived/);
});

test('an object of 5 GB is passed on, and whoever hangs up ends its transfer', async () => {
  let sending: Promise<number> | undefined;
  const length = 5 * 2 ** 30;
  const deployment = await deployOver((_, response) => {
    response.writeHead(200, { 'content-length': length, etag: '"a"' });
    sending = sendBytes(response, length);
  });
  const edge = await serveSelfHosted(deployment);
  const response = await open(edge.url, '/film.mp4');
  expect(response.headers).toMatchObject({
    'content-length': String(length),
    'x-cache': 'Miss from edgecrop',
  });
  await new Promise((resolve) => response.once('data', resolve));
  response.destroy();
  expect(await sending).toBeLessThan(length / 10);
  expect((await edge.ask('/_edgecrop/health')).status).toBe(200);
});

test('films take no memory, however many are under way', async () => {
  // One film in memory would be over the limit.
  const film = 100 * 2 ** 20;
  const deployment = await deployOver((request, response) => {
    if (request.url?.endsWith('small.jpg')) return void response.end('small');
    response.writeHead(200, { 'content-length': film, etag: '"a"' });
    void sendBytes(response, film);
  });
  const edge = runEdge(argumentsFor(deployment));
  const url = await edge.ready;
  const peak = () =>
    Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${edge.child.pid}/status`, 'utf8'))?.[1]) / 1000;
  await lengthOf(await open(url, '/small.jpg'));
  const before = peak();
  // Two viewers of one film each get a stream of their own.
  const paths = ['/a.mp4', '/b.mp4', '/c.mp4', '/c.mp4'];
  const lengths = await Promise.all(paths.map(async (path) => lengthOf(await open(url, path))));
  expect(lengths).toEqual(paths.map(() => film));
  expect(peak() - before).toBeLessThan(100);
}, 120_000);

test('a part of a large object comes from S3, and a download is resumed where the object is the same', async () => {
  const asked: (string | undefined)[] = [];
  const deployment = await deployOver((request, response) => {
    const { range } = request.headers;
    asked.push(range);
    const headers = { etag: '"a"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' };
    if (range) {
      response.writeHead(206, { ...headers, 'content-range': 'bytes 10-12/20000000', 'content-length': 3 });
      return void response.end('abc');
    }
    response.writeHead(200, { ...headers, 'content-length': 20_000_000 });
    void sendBytes(response, 20_000_000);
  });
  const edge = await serveSelfHosted(deployment);
  const part = async (headers: Record<string, string>) => {
    const { status, body } = await edge.ask('/film.mp4', { headers });
    return [status, body.length];
  };
  expect(await part({ range: 'bytes=10-12' })).toEqual([206, 3]);
  expect(await part({ range: 'bytes=10-12', 'if-range': '"a"' })).toEqual([206, 3]);
  expect(await part({ range: 'bytes=10-12', 'if-range': '"old"' })).toEqual([200, 20_000_000]);
  expect(asked).toEqual(['bytes=10-12', undefined, 'bytes=10-12', undefined]);
});

test('what S3 breaks off is never kept, nor taken for the whole', async () => {
  let isWell = false;
  const deployment = await deployOver((request, response) => {
    const length = request.url?.includes('film') ? 20_000_000 : 100;
    response.writeHead(200, { 'content-length': length, etag: '"a"' });
    if (isWell) return void sendBytes(response, length);
    response.write('ten bytes.');
    setTimeout(() => response.destroy(), 500);
  });
  const edge = await serveSelfHosted(deployment);
  expect((await edge.ask('/cat.jpg')).status).toBe(502);
  const film = await open(edge.url, '/film.mp4');
  expect([film.statusCode, await lengthOf(film), film.complete]).toEqual([200, 10, false]);
  isWell = true;
  expect((await edge.ask('/cat.jpg')).body).toHaveLength(100);
  expect((await edge.ask('/film.mp4')).body).toHaveLength(20_000_000);
});

test('chunks that were copied give their memory back, those that share it do not', async () => {
  const given: number[] = [];
  const chunk = (size: number, part = size) => {
    const memory = Object.assign(new ArrayBuffer(size), { transfer: (length: number) => given.push(length) });
    return Buffer.from(memory, 0, part).fill(7);
  };
  expect(await collectBody(Readable.from([chunk(4), chunk(8, 2)]), 6)).toEqual(Buffer.alloc(6, 7));
  expect(given).toEqual([0]);
});
