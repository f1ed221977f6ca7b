import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { type DevEdge, startDevEdge } from '../../edge/dev-edge';
import { assemblyDir } from '../support/assembly';
import { ask } from './dev-edge-fixture';

const SAMPLES = join(__dirname, '../../samples/images');
const LAKE = '/lake.jpg?t=A&w=320&h=240&format=webp&quality=75';

// One edge for the file: the real assembly with the real functions, as `npm start` serves it.
let edge: DevEdge;
const output: string[] = [];
beforeAll(async () => {
  edge = await startDevEdge({
    assembly: assemblyDir(),
    images: SAMPLES,
    functionLog: (line) => output.push(line),
  });
});
afterAll(() => edge.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(edge.url, path, { headers, method });
const renders = () => output.filter((line) => line.includes('"outcome":"rendered"')).length;

test('a crop: rendered once, then a hit with the same bytes', async () => {
  const miss = await get(LAKE);
  expect(miss).toMatchObject({
    status: 200,
    headers: { 'content-type': 'image/webp', 'x-cache': 'Miss from edgecrop', vary: 'Accept' },
  });
  expect(miss.headers['crop-status']).toMatch(/^rendered;size=320x240;/);
  expect(await sharp(miss.body).metadata()).toMatchObject({ format: 'webp', width: 320, height: 240 });
  const hit = await get(LAKE);
  expect(hit.headers).toMatchObject({ 'x-cache': 'Hit from edgecrop', age: expect.any(String) });
  expect(hit.body.equals(miss.body)).toBe(true);
});

test('an original: byte for byte, whatever the query says without a type', async () => {
  const file = readFileSync(join(SAMPLES, 'lake.jpg'));
  for (const path of ['/lake.jpg', '/lake.jpg?w=10&format=bmp']) {
    expect((await get(path)).body.equals(file)).toBe(true);
  }
});

test('the picture that lies on its side comes out upright, without EXIF and GPS', async () => {
  const original = await sharp(readFileSync(join(SAMPLES, 'lake.jpg'))).metadata();
  expect(original).toMatchObject({ orientation: 6, width: 1600, height: 2400 });
  const { body } = await get('/lake.jpg?t=A&w=600');
  const { width, height, orientation, exif } = await sharp(body).metadata();
  expect({ width, height, orientation, exif }).toEqual({ width: 600, height: 400 });
});

test('a name in Korean with spaces', async () => {
  const { status, body } = await get(`/${encodeURIComponent('한국어 이름 사진.jpg')}?t=A&w=200`);
  expect(status).toBe(200);
  expect((await sharp(body).metadata()).width).toBe(200);
});

test('an animation goes on moving', async () => {
  const { body } = await get('/orbit.gif?t=A&w=120&h=120&format=webp');
  expect(await sharp(body, { animated: true }).metadata()).toMatchObject({
    format: 'webp',
    pages: 24,
    pageHeight: 120,
  });
});

test('ten spellings of one crop: one render, nine hits', async () => {
  const before = renders();
  const spellings = [
    't=A&w=400&h=300&format=webp',
    'h=300&w=400&format=webp&t=A',
    't=A&w=0400&h=300&format=webp',
    't=A&w=400&h=300&format=WEBP',
    't=A&w=400&h=300&format=webp&quality=75',
    't=A&w=200&h=150&dpr=2&format=webp',
    't=%41&w=400&h=300&format=webp&utm_source=mail',
    't=A&w=400&h=300&format=webp&fit=cover',
    't=A&w=400&h=300&format=webp&v=00000000&quality=',
    't=A&w=400&h=300&format=webp&dpr=1.0',
  ];
  const results: (string | undefined)[] = [];
  for (const [i, query] of spellings.entries()) {
    const path = i % 2 ? '/%74ower.jpg' : '/tower.jpg';
    results.push((await get(`${path}?${query}`)).headers['x-cache'] as string);
  }
  expect(results).toEqual(['Miss from edgecrop', ...Array(9).fill('Hit from edgecrop')]);
  expect(renders() - before).toBe(1);
});

test('auto is what the viewer takes', async () => {
  const typeFor = async (path: string, accept: string) =>
    (await get(path, { accept })).headers['content-type'];
  expect(await typeFor('/badge.png?t=A&w=50&format=auto', 'image/avif,image/webp,*/*')).toBe('image/avif');
  expect(await typeFor('/badge.png?t=A&w=50&format=auto', 'image/webp,*/*')).toBe('image/webp');
  expect(await typeFor('/badge.png?t=A&w=50&format=auto', '*/*')).toBe('image/png');
  expect(await typeFor('/orbit.gif?t=A&w=50&format=auto', 'image/avif,image/webp')).toBe('image/webp');
});

test('a crop has neither ranges nor conditions: they would be about other bytes', async () => {
  const { headers, body } = await get(LAKE);
  const ranged = await get(LAKE, { range: 'bytes=0-9' });
  expect(ranged).toMatchObject({ status: 200 });
  expect(ranged.body.equals(body)).toBe(true);
  expect(await get(LAKE, { 'if-none-match': headers.etag ?? '' })).toMatchObject({ status: 200 });
  expect(await get('/lake.jpg', { 'if-none-match': headers.etag ?? '' })).toMatchObject({ status: 304 });
  expect(await get('/lake.jpg', { range: 'bytes=0-9' })).toMatchObject({ status: 206 });
});

test('HEAD of a crop renders nothing', async () => {
  const before = renders();
  const { status, headers, body } = await get('/skyline.jpg?t=A&w=77&format=avif', {}, 'HEAD');
  expect({ status, type: headers['content-type'], length: body.length }).toEqual({
    status: 200,
    type: 'image/avif',
    length: 0,
  });
  expect(headers).not.toHaveProperty('content-length');
  expect(renders()).toBe(before);
});

test.each([
  ['/lake.jpg?t=A&w=abc', 400, 'w: got "abc", allowed: a whole number from 1 to 4096 (pixels)\n'],
  ['/%zz.jpg?t=A', 400, 'path: got "/%zz.jpg", allowed: UTF-8, percent-encoded, without %2F\n'],
  ['/', 404, 'not found\n'],
])('%s: %i without a function run', async (path, status, text) => {
  const before = output.length;
  const answer = await get(path);
  expect(answer).toMatchObject({ status, headers: { 'x-cache': 'FunctionGeneratedResponse from edgecrop' } });
  expect(answer.body.toString()).toBe(text);
  expect(output.length).toBe(before);
});

test('a missing object is a 404, crop or not', async () => {
  expect((await get('/none.jpg')).status).toBe(404);
  expect((await get('/none.jpg?t=A&w=5')).status).toBe(404);
});
