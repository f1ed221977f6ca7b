import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SdkStream } from '@smithy/types';
import { mockClient } from 'aws-sdk-client-mock';
import sharp from 'sharp';
import { compass, noise } from '../../../conformance/objects/draw';
import { createHandler, type Handler } from '../../../lambda/origin-response/handler';
import type { LogEntry } from '../../../lambda/origin-response/log';
import { createSharpRenderer } from '../../../lambda/origin-response/render/render';
import { createS3Fetch } from '../../../lambda/origin-response/source/fetch';
import type { CroppingOptions } from '../../../lib/configuration/options';
import { bodyOf, type EventOptions, originResponseEvent, plainHeaders } from '../../support/events';
import { functionSettings } from '../../support/settings';

const s3 = mockClient(S3Client);
const log: LogEntry[] = [];

beforeEach(() => {
  s3.reset();
  log.length = 0;
});

function handlerFor(configuration: CroppingOptions = {}): Handler {
  return createHandler({
    settings: functionSettings(configuration),
    fetch: createS3Fetch(),
    renderer: createSharpRenderer(),
    log: (entry) => log.push(entry),
  });
}

const run = (options: EventOptions, configuration?: CroppingOptions, remaining = 30_000) =>
  handlerFor(configuration)(originResponseEvent(options), { getRemainingTimeInMillis: () => remaining });

function bodyFrom(...chunks: readonly Uint8Array[]) {
  return Readable.from(chunks) as unknown as SdkStream<Readable>;
}

const stored = (bytes: Buffer) => ({ Body: bodyFrom(bytes), ContentLength: bytes.length });
const serve = (bytes: Buffer) => s3.on(GetObjectCommand).callsFake(() => stored(bytes));
const failure = (status: number, name = 'Failure') =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });

const CROP = 't=A&w=320&h=240&format=webp&quality=80';

describe('a crop', () => {
  test('is rendered into the received response, with S3 as its validator', async () => {
    serve(await compass(800, 600).jpeg().toBuffer());
    const event = originResponseEvent({ querystring: CROP });
    const received = event.Records[0]?.cf.response;
    const response = await handlerFor()(event, { getRemainingTimeInMillis: () => 30_000 });

    expect(response).toBe(received);
    expect(response.status).toBe('200');
    expect(response.bodyEncoding).toBe('base64');
    expect(await sharp(bodyOf(response)).metadata()).toMatchObject({
      format: 'webp',
      width: 320,
      height: 240,
    });
    expect(plainHeaders(response)).toStrictEqual({
      etag: '"original"',
      'last-modified': 'Sun, 01 Nov 2026 00:00:00 GMT',
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=86400',
      'crop-status': `rendered;size=320x240;bytes=${bodyOf(response).length};attempts=1`,
      'server-timing': expect.stringMatching(/^fetch;dur=\d+, render;dur=\d+$/),
      // Read-only for the function: without them CloudFront answers 502.
      via: '1.1 s3 (CloudFront)',
      'transfer-encoding': 'chunked',
    });
    expect(log).toHaveLength(1);
  });

  test('reads the very object that CloudFront read', async () => {
    serve(await compass(80, 60).jpeg().toBuffer());
    await run({
      querystring: 't=A&w=10',
      uri: '/%ED%95%9C%EA%B5%AD+a%2Bb.jpg',
      path: '/album%20one',
      domainName: 'my.photos.s3.eu-west-1.amazonaws.com',
    });
    const call = s3.commandCalls(GetObjectCommand)[0]!;
    expect(call.args[0].input).toStrictEqual({
      Bucket: 'my.photos',
      Key: 'album one/한국 a+b.jpg',
      IfMatch: '"original"',
    });
    expect(await (call.thisValue as S3Client).config.region()).toBe('eu-west-1');
  });

  test("keeps the object's own Cache-Control", async () => {
    serve(await compass(80, 60).jpeg().toBuffer());
    const response = await run({ querystring: 't=A&w=10', headers: { 'Cache-Control': 'max-age=5' } });
    expect(plainHeaders(response)['cache-control']).toBe('max-age=5');
  });

  test('is whole where S3 answered with a part, and plain where S3 stored it encoded', async () => {
    serve(await compass(80, 60).jpeg().toBuffer());
    const response = await run({
      querystring: 't=A&w=10',
      status: '206',
      headers: { 'Content-Range': 'bytes 0-1/99', 'Content-Encoding': 'gzip', 'Content-Length': '2' },
    });
    expect(response.status).toBe('200');
    expect(plainHeaders(response)).not.toHaveProperty('content-range');
    expect(plainHeaders(response)).not.toHaveProperty('content-encoding');
    expect(plainHeaders(response)).not.toHaveProperty('content-length');
  });

  test('stays under 1,048,576 bytes with its headers, counting base64', async () => {
    serve(await noise(2400, 1800).jpeg({ quality: 100 }).toBuffer());
    const response = await run({ querystring: 't=A&quality=100' });
    const headers = Object.entries(plainHeaders(response)).flat().join('').length;
    expect(plainHeaders(response)['crop-status']).toMatch(/^rendered;.*attempts=[234]$/);
    expect((response.body ?? '').length + headers).toBeLessThan(1_048_576);
  });

  test('may fill the limit with decoded bytes where the setting says so', async () => {
    serve(await noise(1000, 900).jpeg({ quality: 70 }).toBuffer());
    const response = await run({ querystring: 't=A&format=png&w=580' }, { bodyLength: 'decoded' });
    expect(bodyOf(response).length).toBeGreaterThan(786_432);
    expect(bodyOf(response).length).toBeLessThan(1_048_576);
  });

  test('is the original where that is the same picture and smaller', async () => {
    const small = await compass(64, 64).jpeg({ quality: 20, mozjpeg: true }).toBuffer();
    serve(small);
    const response = await run({ querystring: 't=A&quality=95' });
    expect(response.body).toBeUndefined();
    expect(plainHeaders(response)).toMatchObject({
      etag: '"original"',
      'content-length': '12345',
      'cache-control': 'public, max-age=86400',
      'crop-status': 'original;reason=smaller',
    });
  });

  test('is rendered even so where the original carries metadata', async () => {
    const tagged = await compass(64, 64)
      .jpeg({ quality: 20, mozjpeg: true })
      .withExif({ IFD0: { Artist: 'me' } })
      .toBuffer();
    serve(tagged);
    const response = await run({ querystring: 't=A&quality=95' });
    expect((await sharp(bodyOf(response)).metadata()).exif).toBeUndefined();
  });
});

describe('the version in the cache key', () => {
  test.each([
    ['the same', '&v=0123abcd', { etag: '"original"', 'cache-control': 'public, max-age=86400' }],
    ['none', '', { etag: '"original"', 'cache-control': 'public, max-age=86400' }],
  ])('%s: cached as ever', async (_name, v, headers) => {
    serve(await compass(80, 60).jpeg().toBuffer());
    expect(plainHeaders(await run({ querystring: `t=A&w=10${v}` }))).toMatchObject(headers);
  });

  test('another: the variant, for a minute and without validators', async () => {
    serve(await compass(80, 60).jpeg().toBuffer());
    const response = await run({ querystring: 't=A&w=10&v=ffffffff' });
    const headers = plainHeaders(response);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=60', 'content-type': 'image/jpeg' });
    expect(headers['crop-status']).toMatch(/^rendered/);
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('last-modified');
  });

  test('a type that only the other version knows: the original, for a minute and without validators', async () => {
    const headers = plainHeaders(await run({ querystring: 't=new&w=10&v=0123abcd' }));
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=60', 'content-type': 'image/jpeg' });
    expect(headers).not.toHaveProperty('etag');
    expect(plainHeaders(await run({ querystring: 't=new&w=10' }))).toMatchObject({ etag: '"original"' });
    expect(plainHeaders(await run({ querystring: 't=new&v=0123abcd', status: '404' }))).toMatchObject({
      etag: '"original"',
    });
  });

  test('with one, the query says everything: what the type says now is not mixed in', async () => {
    serve(await compass(80, 60).jpeg().toBuffer());
    const types = { small: { w: 20, h: 20, format: 'png' } } as const;
    const sizeOf = async (querystring: string) => {
      const { format, width, height } = await sharp(bodyOf(await run({ querystring }, { types }))).metadata();
      return [format, width, height];
    };
    expect(await sizeOf('t=small&w=40')).toEqual(['png', 40, 20]);
    expect(await sizeOf('t=small&w=40&v=0123abcd')).toEqual(['jpeg', 40, 30]);
  });
});

describe("S3's own answer", () => {
  test.each([
    ['no query', { querystring: '' }],
    ['no type', { querystring: 'w=320&h=240' }],
    ['an unknown type', { querystring: 't=Z&w=abc' }],
    ['403', { querystring: CROP, status: '403' }],
    ['404', { querystring: CROP, status: '404' }],
    ['503', { querystring: CROP, status: '503' }],
    ['OPTIONS', { querystring: CROP, method: 'OPTIONS' }],
  ] as const)('%s: untouched, and S3 is not asked', async (_name, options) => {
    const event = originResponseEvent(options);
    const before = structuredClone(event.Records[0]?.cf.response);
    const response = await handlerFor()(event, { getRemainingTimeInMillis: () => 30_000 });
    expect(response).toStrictEqual(before);
    expect(s3.calls()).toHaveLength(0);
    expect(log).toHaveLength(0);
  });

  test.each([
    ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['html', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['empty', Buffer.alloc(0)],
    ['heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
  ])('%s is not ours to crop: untouched, but it is said and counted', async (type, bytes) => {
    serve(bytes);
    const event = originResponseEvent({ querystring: CROP });
    const before = plainHeaders(structuredClone(event.Records[0]?.cf.response ?? { status: '' }));
    const response = await handlerFor()(event, { getRemainingTimeInMillis: () => 30_000 });
    expect(response.body).toBeUndefined();
    expect(plainHeaders(response)).toStrictEqual({
      ...before,
      'crop-status': `original;reason=not-cropped;type=${type}`,
    });
    expect(log).toMatchObject([{ outcome: 'not-cropped', type, answers: 1 }]);
  });

  test('304 keeps its validators and gets the Cache-Control of the variant', async () => {
    const response = await run({ querystring: CROP, status: '304', headers: { ETag: '"original"' } });
    expect(response.status).toBe('304');
    expect(plainHeaders(response)).toStrictEqual({
      etag: '"original"',
      'cache-control': 'public, max-age=86400',
    });
    expect(s3.calls()).toHaveLength(0);
  });

  test('a listing of the bucket becomes a 404', async () => {
    const response = await run({ uri: '/' });
    expect(response.status).toBe('404');
    expect(bodyOf(response).toString()).toBe('not found\n');
  });
});

describe('a request that cannot be right', () => {
  test.each([
    [{ querystring: 't=A&w=abc' }, 'w: got "abc", allowed: a whole number from 1 to 4096 (pixels)\n'],
    [{ querystring: 't=A', uri: '/%zz.jpg' }, 'path: got "/%zz.jpg", allowed: UTF-8, percent-encoded\n'],
    [{ querystring: 't=A', uri: '/%ff.jpg' }, 'path: got "/%ff.jpg", allowed: UTF-8, percent-encoded\n'],
  ])('%j: 400 with one line', async (options, line) => {
    const response = await run(options);
    expect(response.status).toBe('400');
    expect(bodyOf(response).toString()).toBe(line);
    expect(plainHeaders(response)).toStrictEqual({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'max-age=60',
      'crop-status': expect.stringMatching(/^bad;parameter=/),
      via: '1.1 s3 (CloudFront)',
      'transfer-encoding': 'chunked',
    });
    expect(s3.calls()).toHaveLength(0);
  });
});

describe('HEAD of a crop', () => {
  test('has neither body nor length, and is not cached', async () => {
    const response = await run({ querystring: CROP, method: 'HEAD' });
    expect(response.body).toBeUndefined();
    expect(plainHeaders(response)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'no-store',
    });
    expect(plainHeaders(response)).not.toHaveProperty('content-length');
    expect(s3.calls()).toHaveLength(0);
  });
});

describe('the original in place of a variant', () => {
  const LASTING = 'public, max-age=3600';
  const PASSING = 'no-store';

  async function expectFallback(
    reason: string,
    caching: string,
    configuration?: CroppingOptions,
    remaining?: number,
  ) {
    const response = await run({ querystring: 't=A&w=100' }, configuration, remaining);
    expect(response.status).toBe('200');
    expect(response.body).toBeUndefined();
    const headers = plainHeaders(response);
    expect(headers).toMatchObject({
      'crop-status': `original;reason=${reason}`,
      'cache-control': caching,
      'content-type': 'image/jpeg',
      'content-length': '12345',
    });
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('last-modified');
    expect(log).toMatchObject([{ outcome: 'fallback', reason }]);
  }

  test('too many bytes, as announced', async () => {
    serve(await compass(400, 300).jpeg().toBuffer());
    await expectFallback('source-bytes', LASTING, { limits: { sourceBytes: 100 } });
  });

  test('too many bytes, as they arrive under a false length', async () => {
    s3.on(GetObjectCommand).resolves({
      Body: bodyFrom(Buffer.alloc(60), Buffer.alloc(60)),
      ContentLength: 10,
    });
    await expectFallback('source-bytes', LASTING, { limits: { sourceBytes: 100 } });
  });

  test('too many pixels', async () => {
    serve(await compass(400, 300).jpeg().toBuffer());
    await expectFallback('source-pixels', LASTING, { limits: { sourcePixels: 119_999 } });
  });

  test('a picture that breaks off', async () => {
    const whole = await noise(400, 300).jpeg().toBuffer();
    serve(whole.subarray(0, whole.length / 2));
    await expectFallback('undecodable', LASTING);
  });

  test('a signature and no picture', async () => {
    serve(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('nothing of the kind')]));
    await expectFallback('undecodable', LASTING);
  });

  test('an object that was replaced meanwhile', async () => {
    s3.on(GetObjectCommand).rejects(failure(412, 'PreconditionFailed'));
    await expectFallback('origin-changed', PASSING);
    expect(s3.calls()).toHaveLength(1);
  });

  test('S3 refuses: asked once', async () => {
    s3.on(GetObjectCommand).rejects(failure(403, 'AccessDenied'));
    await expectFallback('origin-failed', PASSING);
    expect(s3.calls()).toHaveLength(1);
  });

  test('S3 fails: asked twice', async () => {
    s3.on(GetObjectCommand).rejects(failure(503, 'SlowDown'));
    await expectFallback('origin-failed', PASSING);
    expect(s3.calls()).toHaveLength(2);
  });

  test('S3 never answers: cut at the deadline', async () => {
    s3.on(GetObjectCommand).callsFake(() => new Promise(() => {}));
    await expectFallback('out-of-time', PASSING, undefined, 1_600);
  });

  test('a renderer that does not load is no fault of the picture', async () => {
    serve(await compass(80, 60).jpeg().toBuffer());
    const handler = createHandler({
      settings: functionSettings(),
      fetch: createS3Fetch(),
      renderer: { ...createSharpRenderer(), load: () => Promise.reject(new Error('no sharp here')) },
      log: (entry) => log.push(entry),
    });
    const event = originResponseEvent({ querystring: 't=A&w=10' });
    const response = await handler(event, { getRemainingTimeInMillis: () => 30_000 });
    expect(plainHeaders(response)).toMatchObject({
      'crop-status': 'original;reason=internal',
      'cache-control': PASSING,
    });
  });

  test('an origin that is not S3', async () => {
    const response = await run({ querystring: 't=A&w=100', domainName: 'example.com' });
    expect(plainHeaders(response)['crop-status']).toBe('original;reason=internal');
  });
});

describe('one retry', () => {
  test.each([
    ['a 5xx', () => Promise.reject(failure(500))],
    ['a reset', () => Promise.reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))],
    ['a body that breaks off', async () => ({ Body: bodyFrom(Buffer.alloc(10)), ContentLength: 20 })],
  ])('mends %s', async (_name, first) => {
    const picture = await compass(80, 60).jpeg().toBuffer();
    let calls = 0;
    s3.on(GetObjectCommand).callsFake(() => (calls++ === 0 ? first() : stored(picture)));
    const response = await run({ querystring: 't=A&w=10' });
    expect(plainHeaders(response)['crop-status']).toMatch(/^rendered/);
    expect(calls).toBe(2);
  });
});

test('a URL that is shown in spite of its type is not saved, and the other way round', async () => {
  const options = { types: { file: { download: true } } };
  const picture = await compass(40, 30).jpeg().toBuffer();
  const saved = async (query: string) => {
    serve(picture);
    const response = await run({ querystring: `t=file&w=9${query}&v=0123abcd` }, options);
    return plainHeaders(response)['content-disposition'];
  };
  expect(await saved('')).toBeUndefined();
  expect(await saved('&download=true')).toBe('attachment; filename="cat.jpg"');
});
