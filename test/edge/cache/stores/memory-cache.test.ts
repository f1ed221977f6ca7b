import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { StoredResponse } from '../../../../edge/cache/response-cache';
import { createMemoryCache } from '../../../../edge/cache/stores/memory-cache';

const entry = (status: number, length: number, expiresAt = 1000): StoredResponse => ({
  status,
  statusDescription: '',
  headers: { 'content-type': 'image/webp' },
  body: Buffer.alloc(length),
  storedAt: 0,
  expiresAt,
});

const found = async (cache: ReturnType<typeof createMemoryCache>, keys: readonly string[]) => {
  const all = await Promise.all(keys.map(async (key) => ((await cache.get(key)) ? key : '')));
  return all.filter(Boolean);
};

test('errors push out errors, not pictures', async () => {
  const cache = createMemoryCache({ maxBytes: 100_000, now: () => 0 });
  await cache.set('picture', entry(200, 50_000));
  for (let index = 0; index < 200; index++) await cache.set(`error${index}`, entry(404, 400));
  expect(await found(cache, ['picture', 'error0', 'error199'])).toEqual(['picture', 'error199']);
});

test('a key holds a picture or an error, whichever came last', async () => {
  const cache = createMemoryCache({ maxBytes: 100_000, now: () => 0 });
  await cache.set('a', entry(200, 10));
  await cache.set('a', entry(404, 10));
  expect(await cache.get('a')).toMatchObject({ status: 404 });
  await cache.set('a', entry(200, 10));
  expect(await cache.get('a')).toMatchObject({ status: 200 });
});

test('what has expired goes before what was asked for least recently', async () => {
  const cache = createMemoryCache({ maxBytes: 100_000, now: () => 500 });
  await cache.set('old but fresh', entry(200, 30_000));
  await cache.set('expired', entry(200, 30_000, 400));
  await cache.set('new', entry(200, 30_000));
  await cache.set('newest', entry(200, 20_000));
  expect(await found(cache, ['old but fresh', 'expired', 'new', 'newest'])).toEqual([
    'old but fresh',
    'new',
    'newest',
  ]);
});

test.each([
  ['404s', 404, 250],
  ['small pictures', 200, 3000],
])('a flood of %s takes no more memory than it may', (_, status, length) => {
  // In a process of its own. Bodies are slices of Node's pool, as they are when they come from S3.
  const program = `
    const { createMemoryCache } = require(${JSON.stringify(join(__dirname, '../../../../edge/cache/stores/memory-cache.ts'))});
    const used = async () => { for (let round = 0; round < 5; round++) { gc(); await new Promise((done) => setTimeout(done, 20)); } const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
    const cache = createMemoryCache({ maxBytes: 20_000_000 });
    const flood = async (count) => {
      for (let index = 0; index < count; index++) {
        const body = Buffer.from('x'.repeat(${length}));
        // Other traffic takes its share of the pool.
        Buffer.allocUnsafe(2000);
        const headers = { 'content-type': 'application/xml', date: new Date(index).toUTCString(), etag: '"' + index + '"' };
        await cache.set('/nowhere/' + index + '.jpg?t=A&w=' + index, {
          status: ${status}, statusDescription: 'x', headers, body, storedAt: 0, expiresAt: Infinity });
      }
    };
    (async () => {
      const before = await used();
      await flood(60_000);
      process.stdout.write(String((await used()) - before));
    })();`;
  const args = ['--expose-gc', '--require', 'esbuild-register', '-e', program];
  const taken = Number(
    execFileSync(process.execPath, args, { encoding: 'utf8', cwd: join(__dirname, '../../../..') }),
  );
  expect(taken).toBeLessThan(1.3 * 20_000_000);
});
