import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SdkStream } from '@smithy/types';
import { mockClient } from 'aws-sdk-client-mock';
import sharp from 'sharp';
import { noise } from '../../../conformance/objects/draw';
import { createHandler } from '../../../lambda/origin-response/handler';
import { createSharpRenderer } from '../../../lambda/origin-response/render/render';
import { createS3Fetch } from '../../../lambda/origin-response/source/fetch';
import { readCroppingOptions } from '../../../lib/configuration/cropping-options';
import type { CroppingOptions } from '../../../lib/configuration/options';
import { versionsOf } from '../../../lib/cropping/versions';
import { bodyOf, type EventOptions, originResponseEvent, plainHeaders } from '../../support/events';
import { functionSettings } from '../../support/settings';

const s3 = mockClient(S3Client);
beforeEach(() => s3.reset());

function run(options: EventOptions, configuration: CroppingOptions = {}, remaining = 30_000) {
  const handler = createHandler({
    settings: functionSettings({ originals: 'deny', ...configuration }),
    fetch: createS3Fetch(),
    renderer: createSharpRenderer(),
    log: () => {},
  });
  return handler(originResponseEvent(options), { getRemainingTimeInMillis: () => remaining });
}

function serve(bytes: Buffer | string) {
  const body = () => Readable.from([Buffer.from(bytes)]) as unknown as SdkStream<Readable>;
  s3.on(GetObjectCommand).callsFake(() => ({ Body: body(), ContentLength: bytes.length }));
}

const DENIED = 't: got no known type, allowed: the name of a configured type\n';

test.each([
  ['', 'GET', '200'],
  ['w=300', 'GET', '200'],
  ['t=Z', 'GET', '206'],
  ['', 'HEAD', '200'],
  // Who does not say a type is not told either whether there is such an object.
  ['', 'GET', '404'],
  ['', 'GET', '304'],
])(
  'no or unknown type (%j, %s, S3 says %s): 403, and no validator that would keep it',
  async (querystring, method, status) => {
    const response = await run({ querystring, method, status });
    expect(response).toMatchObject({ status: '403', statusDescription: 'Forbidden', body: DENIED });
    expect(plainHeaders(response)).toStrictEqual({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'max-age=60',
      'crop-status': 'denied',
      via: '1.1 s3 (CloudFront)',
      'transfer-encoding': 'chunked',
    });
  },
);

test('a type locks what the Lambda would otherwise take from a URL', async () => {
  const response = await run(
    { querystring: 't=thumb&w=4096' },
    { types: { thumb: { w: 200, locked: ['w'] } } },
  );
  expect(response).toMatchObject({
    status: '400',
    body: 'w: not allowed, type thumb locks it\n',
  });
});

test('the variant is answered even where the original is smaller', async () => {
  const original = await sharp(await noise(64, 48).png().toBuffer())
    .jpeg({ quality: 20 })
    .toBuffer();
  serve(original);
  expect(plainHeaders(await run({ querystring: 't=A' }, { originals: 'allow' }))).toMatchObject({
    'crop-status': 'original;reason=smaller',
  });
  serve(original);
  const response = await run({ querystring: 't=A' });
  expect(plainHeaders(response)['crop-status']).toMatch(/^rendered;size=64x48;/);
  expect(bodyOf(response).equals(original)).toBe(false);
});

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['PDF', '%PDF-1.7\n'],
  ['text', 'a secret'],
  ['nothing', ''],
])('what is no picture is not given away: %s', async (_, bytes) => {
  serve(bytes);
  const response = await run({ querystring: 't=A&w=10' });
  expect(response).toMatchObject({
    status: '415',
    body: 'not-cropped: the original is not an image that can be cropped\n',
  });
  expect(plainHeaders(response)).toMatchObject({
    'cache-control': 'max-age=60',
    'crop-status': 'error;reason=not-cropped',
  });
  expect(plainHeaders(response)).not.toHaveProperty('etag');
});

test.each([
  ['a picture that breaks off', '415', 'undecodable', {}, 30_000],
  ['too many bytes', '415', 'source-bytes', { limits: { sourceBytes: 10 } }, 30_000],
  ['out of time', '504', 'out-of-time', {}, 10],
] as const)(
  'no failure falls back on the original: %s',
  async (name, status, reason, configuration, remaining) => {
    const whole = await noise(400, 300).jpeg().toBuffer();
    // Only a whole picture can run out of time: a part of one is refused before it is drawn.
    serve(name === 'out of time' ? whole : whole.subarray(0, 20_000));
    // Not even where the configuration would have it.
    const response = await run(
      { querystring: 't=A&w=10' },
      { ...configuration, onFailure: 'original' },
      remaining,
    );
    expect(response.status).toBe(status);
    expect(response.body).toMatch(new RegExp(`^${reason}: `));
  },
);

test.each(['403', '404', '500', '503'])("S3's own %s stays", async (status) => {
  const response = await run({ querystring: 't=A&w=10', status });
  expect(response.status).toBe(status);
  expect(response.body).toBeUndefined();
});

test('304 stays: under this key was never an original', async () => {
  expect(await run({ querystring: 't=A&w=10', status: '304' })).toMatchObject({ status: '304' });
  const v = (configuration: CroppingOptions) => versionsOf(readCroppingOptions(configuration), 'code').v;
  // What was cached in a crop's place before originals were denied has another key.
  expect(v({ originals: 'deny' })).not.toBe(v({ onFailure: 'error' }));
  expect(v({ types: { a: { w: 1, locked: true } } })).toBe(v({ types: { a: { w: 1 } } }));
});
