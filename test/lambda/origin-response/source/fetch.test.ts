import { compass } from '../../../../conformance/objects/draw';
import { createHandler } from '../../../../lambda/origin-response/handler';
import { createSharpRenderer } from '../../../../lambda/origin-response/render/render';
import { createS3Fetch } from '../../../../lambda/origin-response/source/fetch';
import type { CroppingOptions } from '../../../../lib/configuration/options';
import { originResponseEvent, plainHeaders } from '../../../support/events';
import { functionSettings } from '../../../support/settings';
import {
  endless,
  type Fault,
  type FaultyS3,
  hangUp,
  refuse,
  reset,
  serve,
  silence,
  stall,
  startFaultyS3,
} from './faulty-s3';

// The real SDK against a real server: what is tested here is what the mock of handler.test.ts takes for granted.
let s3: FaultyS3;
let picture: Buffer;
beforeAll(async () => {
  s3 = await startFaultyS3();
  Object.assign(process.env, {
    // By name, as a store in a network of one's own would be.
    AWS_ENDPOINT_URL_S3: s3.endpoint.replace('127.0.0.1', 'localhost'),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  picture = await compass(200, 100).jpeg().toBuffer();
});
afterAll(() => s3.close());

async function ask(faults: readonly Fault[], configuration: CroppingOptions = {}, time = 30_000) {
  s3.meet(...faults);
  const ends = Date.now() + time;
  const handler = createHandler({
    settings: functionSettings(configuration),
    fetch: createS3Fetch(),
    renderer: createSharpRenderer(),
    log: () => {},
  });
  const event = originResponseEvent({ querystring: 't=A&w=50' });
  const response = await handler(event, { getRemainingTimeInMillis: () => ends - Date.now() });
  return { response, headers: plainHeaders(response), left: ends - Date.now() };
}

const failing: readonly (readonly [string, () => readonly Fault[], string, number])[] = [
  ['503 SlowDown, twice', () => [refuse(503, 'SlowDown')], 'origin-failed', 2],
  ['500, twice', () => [refuse(500, 'InternalError')], 'origin-failed', 2],
  ['hung up on, twice', () => [hangUp], 'origin-failed', 2],
  ['reset in the middle, twice', () => [reset(picture)], 'origin-failed', 2],
  ['404 after the 200 that CloudFront got', () => [refuse(404, 'NoSuchKey')], 'origin-failed', 1],
  ['AccessDenied, as for a KMS key', () => [refuse(403, 'AccessDenied')], 'origin-failed', 1],
  ['412: replaced between the two reads', () => [refuse(412, 'PreconditionFailed')], 'origin-changed', 1],
];

test.each(failing)('%s: the original, not cached', async (_name, faults, reason, requests) => {
  const { response, headers } = await ask(faults());
  expect(response).toMatchObject({ status: '200' });
  expect(response.body).toBeUndefined();
  expect(headers).toMatchObject({ 'crop-status': `original;reason=${reason}`, 'cache-control': 'no-store' });
  expect(headers).not.toHaveProperty('etag');
  expect(headers).not.toHaveProperty('last-modified');
  expect(s3.requests()).toBe(requests);
});

test.each([
  ['no first byte', () => [silence]],
  ['a stall in the middle', () => [stall(picture)]],
] as const)('%s: cut in time to answer', async (_name, faults) => {
  const { headers, left } = await ask(faults(), {}, 3_000);
  expect(headers).toMatchObject({
    'crop-status': 'original;reason=out-of-time',
    'cache-control': 'no-store',
  });
  expect(left).toBeGreaterThan(1_000);
});

test.each([
  ['503 SlowDown', () => [refuse(503, 'SlowDown'), serve(picture)]],
  ['a hang-up', () => [hangUp, serve(picture)]],
  ['a reset in the middle', () => [reset(picture), serve(picture)]],
  [
    'a clock that is wrong',
    () => [
      refuse(403, 'RequestTimeTooSkewed', { date: new Date(Date.now() + 3_600_000).toUTCString() }),
      serve(picture),
    ],
  ],
] as const)('%s, once: rendered all the same', async (_name, faults) => {
  const { headers } = await ask(faults());
  expect(headers['crop-status']).toMatch(/^rendered/);
  expect(s3.requests()).toBe(2);
});

test('a bucket in another region than its name says: followed', async () => {
  const elsewhere = refuse(301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-west-1' });
  const { headers } = await ask([elsewhere, serve(picture)]);
  expect(headers['crop-status']).toMatch(/^rendered/);
});

test('no end of bytes and no length: stopped at the limit', async () => {
  const { headers } = await ask([endless], { limits: { sourceBytes: 1_000_000 } });
  expect(headers).toMatchObject({
    'crop-status': 'original;reason=source-bytes',
    'cache-control': 'public, max-age=3600',
  });
});

test.each([
  ['source-bytes', '415', 'max-age=60', () => [endless], { limits: { sourceBytes: 1000 } }],
  ['undecodable', '415', 'max-age=60', () => [serve(picture.subarray(0, 300))], {}],
  ['origin-changed', '502', 'no-store', () => [refuse(412, 'PreconditionFailed')], {}],
  ['origin-failed', '502', 'no-store', () => [refuse(403, 'AccessDenied')], {}],
] as const)("onFailure 'error', %s: %s", async (reason, status, caching, faults, configuration) => {
  const { response, headers } = await ask(faults(), { ...configuration, onFailure: 'error' });
  expect(response.status).toBe(status);
  expect(response.body).toMatch(new RegExp(`^${reason}: [a-z ]+\n$`));
  expect(headers).toEqual({
    'cache-control': caching,
    'content-type': 'text/plain; charset=utf-8',
    'crop-status': `error;reason=${reason}`,
    via: expect.any(String),
    'transfer-encoding': 'chunked',
  });
});

test("onFailure 'error', out-of-time: 504", async () => {
  const { response } = await ask([silence], { onFailure: 'error' }, 2_000);
  expect(response).toMatchObject({ status: '504', body: 'out-of-time: the variant was not ready in time\n' });
});

test('a store that is named by its endpoint is asked for the bucket in the path', async () => {
  let asked: string | undefined;
  const { headers } = await ask([
    (request, response) => {
      asked = `${request.headers.host}${request.url}`;
      serve(picture)(request, response);
    },
  ]);
  expect(headers['crop-status']).toMatch(/^rendered/);
  expect(asked).toBe(
    `${process.env.AWS_ENDPOINT_URL_S3?.replace('http://', '')}/photos/photos/cat.jpg?x-id=GetObject`,
  );
});
