import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Headers } from '../../edge/http/headers';
import { serve, writeImages } from './dev-edge-fixture';
import { SLOW_CROPS } from './self-hosted-edge-fixture';

/** Answers crops with the query string and leaves everything else alone. */
const CROPS = SLOW_CROPS(0);

describe('an original', () => {
  test('comes byte for byte, then from the cache', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const edge = await serve({ files: { 'photos/cat.jpg': bytes } });

    const miss = await edge.ask('/photos/cat.jpg');
    const hit = await edge.ask('/photos/cat.jpg?utm_source=x');

    expect(miss.status).toBe(200);
    expect(miss.body.equals(bytes)).toBe(true);
    expect(miss.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '300000',
      'x-cache': 'Miss from edgecrop',
      'x-content-type-options': 'nosniff',
      via: '1.1 edgecrop',
      vary: 'Accept',
    });
    expect(miss.headers.age).toBeUndefined();
    expect(hit.body.equals(bytes)).toBe(true);
    expect(hit.headers).toMatchObject({ 'x-cache': 'Hit from edgecrop', age: '0', etag: miss.headers.etag });
    expect(edge.invocations()).toBe(1);
  });

  test('has the metadata of its object', async () => {
    const edge = await serve(
      { files: { 'a.bin': 'a', noextension: 'b' } },
      {
        objectMetadata: (key): Headers =>
          key === 'a.bin' ? { 'x-amz-meta-author': 'me', 'cache-control': 'max-age=7' } : {},
      },
    );
    expect((await edge.ask('/a.bin')).headers).toMatchObject({
      'x-amz-meta-author': 'me',
      'cache-control': 'max-age=7',
    });
    expect((await edge.ask('/noextension')).headers['content-type']).toBe('binary/octet-stream');
  });

  test.each([
    ['/%ED%95%9C%EA%B8%80/%EA%B3%A0%EC%96%91%EC%9D%B4.jpg', 'korean'],
    ['/a%20b.jpg', 'space'],
    ['/a+b.jpg', 'space'],
    ['/a%2Bb.jpg', 'plus'],
    ['/%63at.jpg', 'cat'],
    ["/it's%20(1)%20%26%20100%25.jpg", 'signs'],
  ])('is found under %s', async (path, expected) => {
    const edge = await serve({
      files: {
        '한글/고양이.jpg': 'korean',
        'a b.jpg': 'space',
        'a+b.jpg': 'plus',
        'cat.jpg': 'cat',
        "it's (1) & 100%.jpg": 'signs',
      },
    });
    const answer = await edge.ask(path);
    expect([answer.status, answer.body.toString()]).toEqual([200, expected]);
  });

  test.each([
    ['/none.jpg', 404, 'NoSuchKey'],
    ['/', 404, 'NoSuchKey'],
    ['/photos', 404, 'NoSuchKey'],
    ['/cat.jpg/', 404, 'NoSuchKey'],
    ['//cat.jpg', 404, 'NoSuchKey'],
    ['/photos/../cat.jpg', 404, 'NoSuchKey'],
    ['/../../../../../../etc/hostname', 404, 'NoSuchKey'],
    ['/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hostname', 404, 'NoSuchKey'],
    ['//etc/hostname', 404, 'NoSuchKey'],
    ['/cat.jpg%00', 404, 'NoSuchKey'],
    ['/%zz.jpg', 400, 'InvalidURI'],
    ['/%ff.jpg', 400, 'InvalidURI'],
  ])('fails for %s with %i', async (path, status, code) => {
    const edge = await serve({ files: { 'cat.jpg': 'cat', 'photos/dog.jpg': 'dog' } });
    const answer = await edge.ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/xml',
      'x-cache': 'Error from edgecrop',
    });
    expect(answer.body.toString()).toContain(`<Code>${code}</Code>`);
  });
});

describe('a crop', () => {
  test('is what the function made, with one entry for each order of the parameters', async () => {
    const edge = await serve({ handler: CROPS });
    const first = await edge.ask('/cat.jpg?x=1&t=A&w=1&w=2');
    const again = await edge.ask('/cat.jpg?t=A&x=2&w=1&w=2');
    const other = await edge.ask('/cat.jpg?w=1&w=2&t=A');

    expect(first.body.toString()).toBe('crop t=A&w=1&w=2');
    expect(first.headers).toMatchObject({ 'content-type': 'text/plain', 'content-length': '16' });
    expect([first, again, other].map(({ headers }) => headers['x-cache'])).toEqual([
      'Miss from edgecrop',
      'Hit from edgecrop',
      'Miss from edgecrop',
    ]);
    expect(again.body.equals(first.body)).toBe(true);
  });

  test('is made once for fifty viewers who ask at once', async () => {
    const edge = await serve({
      handler: `await new Promise((resolve) => setTimeout(resolve, 500)); ${CROPS}`,
    });
    const answers = await Promise.all(Array.from({ length: 50 }, () => edge.ask('/cat.jpg?t=A')));
    expect(new Set(answers.map(({ body }) => body.toString()))).toEqual(new Set(['crop t=A']));
    expect(edge.invocations()).toBe(1);
  });

  test('is confirmed after its time by a 304, without being made again', async () => {
    let now = Date.now();
    const edge = await serve(
      {
        handler: `if (response.status === '304') { response.headers['x-confirmed'] = [{ value: 'yes' }]; return response; } ${CROPS}`,
      },
      { now: () => now },
    );
    await edge.ask('/cat.jpg?t=A');
    now += 86_399_000;
    const hit = await edge.ask('/cat.jpg?t=A');
    now += 1000;
    const refreshed = await edge.ask('/cat.jpg?t=A');
    const hitAgain = await edge.ask('/cat.jpg?t=A');

    expect(hit.headers).toMatchObject({ 'x-cache': 'Hit from edgecrop', age: '86399' });
    expect(refreshed.headers).toMatchObject({
      'x-cache': 'RefreshHit from edgecrop',
      'content-type': 'text/plain',
      'x-confirmed': 'yes',
    });
    expect(refreshed.body.toString()).toBe('crop t=A');
    expect(hitAgain.headers).toMatchObject({ 'x-cache': 'Hit from edgecrop', age: '0' });
    expect(edge.output).toEqual(['invoked 200 /cat.jpg', 'invoked 304 /cat.jpg']);
  });

  test('is made again when the file has changed after its time', async () => {
    let now = Date.now();
    const edge = await serve({}, { now: () => now });
    await edge.ask('/cat.jpg');
    await writeImages(edge.images, { 'cat.jpg': 'another cat' });
    expect((await edge.ask('/cat.jpg')).body.toString()).toBe('the bytes of a cat');
    now += 86_400_000;
    const changed = await edge.ask('/cat.jpg');
    expect([changed.body.toString(), changed.headers['x-cache']]).toEqual([
      'another cat',
      'Miss from edgecrop',
    ]);
  });

  test('is asked for each time when it says no-store', async () => {
    const edge = await serve({
      handler: `response.headers['cache-control'] = [{ value: 'no-store' }]; return response;`,
    });
    await edge.ask('/cat.jpg');
    await writeImages(edge.images, { 'cat.jpg': 'another cat' });
    expect((await edge.ask('/cat.jpg')).body.toString()).toBe('another cat');
    await rm(join(edge.images, 'cat.jpg'));
    expect((await edge.ask('/cat.jpg')).status).toBe(404);
  });

  test('that failed is forgotten after ten seconds', async () => {
    let now = Date.now();
    const edge = await serve({}, { now: () => now });
    await edge.ask('/late.jpg');
    await writeFile(join(edge.images, 'late.jpg'), 'late');
    now += 9000;
    const early = await edge.ask('/late.jpg');
    now += 1000;
    const late = await edge.ask('/late.jpg');
    expect([early.status, early.headers.age, late.status]).toEqual([404, '9', 200]);
  });
});

describe('a viewer', () => {
  test('gets parts of what is stored', async () => {
    const edge = await serve({ files: { a: '0123456789' } });
    const { etag = '' } = (await edge.ask('/a')).headers;
    const part = async (headers: Record<string, string>) => {
      const answer = await edge.ask('/a', { headers });
      return [answer.status, answer.headers['content-range'], answer.body.toString()];
    };
    expect(await part({ range: 'bytes=2-4' })).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part({ range: 'bytes=0-0' })).toEqual([206, 'bytes 0-0/10', '0']);
    expect(await part({ range: 'bytes=-3' })).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part({ range: 'bytes=8-99' })).toEqual([206, 'bytes 8-9/10', '89']);
    expect(await part({ range: 'bytes=10-' })).toEqual([416, 'bytes */10', '']);
    expect(await part({ range: 'bytes=x' })).toEqual([200, undefined, '0123456789']);
    expect(await part({ range: 'bytes=0-1', 'if-range': etag })).toEqual([206, 'bytes 0-1/10', '01']);
    expect(await part({ range: 'bytes=0-1', 'if-range': '"old"' })).toEqual([200, undefined, '0123456789']);
  });

  test('gets parts of what is not stored from S3, which are not stored either', async () => {
    const edge = await serve({ files: { a: '0123456789' } });
    const part = await edge.ask('/a', { headers: { range: 'bytes=2-4' } });
    const whole = await edge.ask('/a');
    expect([part.status, part.headers['content-range'], part.body.toString()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    expect([whole.status, whole.headers['x-cache'], whole.body.toString()]).toEqual([
      200,
      'Miss from edgecrop',
      '0123456789',
    ]);
    expect(edge.output).toEqual(['invoked 206 /a', 'invoked 200 /a']);
  });

  test('is told 304 about what it has, from the cache and from S3', async () => {
    const edge = await serve({ files: { a: 'a', b: 'b' } });
    const { etag = '', 'last-modified': modified = '' } = (await edge.ask('/a')).headers;
    const conditions: readonly Record<string, string>[] = [
      { 'if-none-match': etag },
      { 'if-none-match': `W/${etag}, "x"` },
      { 'if-modified-since': modified },
    ];
    for (const headers of conditions) {
      const answer = await edge.ask('/a', { headers });
      expect([answer.status, answer.body.length, answer.headers.etag]).toEqual([304, 0, etag]);
      expect(answer.headers['content-length']).toBeUndefined();
    }
    expect(
      (await edge.ask('/a', { headers: { 'if-none-match': '"x"', 'if-modified-since': modified } })).status,
    ).toBe(200);
    // Nothing of b is stored: S3 compares.
    const { 'last-modified': since = '' } = (await edge.ask('/b', { method: 'HEAD' })).headers;
    expect((await edge.ask('/b', { headers: { 'if-modified-since': since } })).status).toBe(304);
    expect(edge.output).toEqual(['invoked 200 /a', 'invoked 200 /b', 'invoked 304 /b']);
  });

  test('gets no body for HEAD', async () => {
    const edge = await serve({ files: { a: '0123456789' } });
    const miss = await edge.ask('/a', { method: 'HEAD' });
    await edge.ask('/a');
    const hit = await edge.ask('/a', { method: 'HEAD' });
    expect([miss.status, miss.headers['x-cache'], miss.headers['content-length']]).toEqual([
      200,
      'Miss from edgecrop',
      '10',
    ]);
    expect([hit.status, hit.headers['x-cache'], hit.headers['content-length']]).toEqual([
      200,
      'Hit from edgecrop',
      '10',
    ]);
    expect([miss.body.length, hit.body.length]).toEqual([0, 0]);
  });

  test('of another origin gets the policy’s CORS headers', async () => {
    const edge = await serve();
    const headers = { origin: 'https://app.example' };
    expect((await edge.ask('/cat.jpg')).headers).not.toHaveProperty('access-control-allow-origin');
    expect((await edge.ask('/cat.jpg', { headers })).headers).toMatchObject({
      'access-control-allow-origin': '*',
    });
    const preflight = await edge.ask('/cat.jpg', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'GET' },
    });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': '*',
    });
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('fails with 403 for %s', async (method) => {
    const edge = await serve();
    const answer = await edge.ask('/cat.jpg', { method });
    expect([answer.status, answer.headers['x-cache']]).toEqual([403, 'Error from edgecrop']);
    expect(edge.invocations()).toBe(0);
  });

  test('fails with 414 for a URL of 8,192 characters', async () => {
    const edge = await serve();
    expect((await edge.ask(`/${'a'.repeat(8192)}`)).status).toBe(414);
  });
});
