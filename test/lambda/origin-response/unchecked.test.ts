import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SdkStream } from '@smithy/types';
import { mockClient } from 'aws-sdk-client-mock';
import { noise } from '../../../conformance/objects/draw';
import { createHandler } from '../../../lambda/origin-response/handler';
import { createSharpRenderer } from '../../../lambda/origin-response/render/render';
import { createS3Fetch } from '../../../lambda/origin-response/source/fetch';
import { type EventOptions, originResponseEvent, plainHeaders } from '../../support/events';
import { functionSettings } from '../../support/settings';

const s3 = mockClient(S3Client);
beforeEach(async () => {
  s3.reset();
  const bytes = await noise(64, 48).png().toBuffer();
  const body = () => Readable.from([bytes]) as unknown as SdkStream<Readable>;
  s3.on(GetObjectCommand).callsFake(() => ({ Body: body(), ContentLength: bytes.length }));
});

function run(options: EventOptions, signing = true) {
  const handler = createHandler({
    settings: functionSettings({ signing }),
    fetch: createS3Fetch(),
    renderer: createSharpRenderer(),
    log: () => {},
  });
  return handler(originResponseEvent(options), { getRemainingTimeInMillis: () => 30_000 });
}

// What reaches this function where a request got round the one that checks signatures.
test.each([
  ['a crop', 't=A&w=10', 'GET', '200'],
  ['a crop with a signature', 't=A&w=10&sig=x', 'GET', '200'],
  ['an empty version', 't=A&w=10&v=', 'GET', '200'],
  ['a version that is none', 't=A&w=10&v=1', 'GET', '200'],
  ['two versions', 't=A&w=10&v=0123abcd&v=0123abcd', 'GET', '200'],
  ['HEAD', 't=A&w=10', 'HEAD', '200'],
  ['a confirmed entry', 't=A&w=10', 'GET', '304'],
  ['a missing object', 't=A&w=10', 'GET', '404'],
  ['a bad value', 't=A&w=x', 'GET', '200'],
  ["an original with a viewer's query", 'response-content-type=text/html', 'GET', '200'],
])('with signing, a query without its version is refused: %s', async (_name, querystring, method, status) => {
  const response = await run({ querystring, method, status });
  expect(response).toMatchObject({
    status: '403',
    statusDescription: 'Forbidden',
    body: 'unchecked: the signature could not be checked\n',
  });
  expect(plainHeaders(response)).toStrictEqual({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'crop-status': 'unchecked',
    via: '1.1 s3 (CloudFront)',
    'transfer-encoding': 'chunked',
  });
});

test('with signing, what the viewer-request function wrote is answered, of another version too', async () => {
  for (const v of ['0123abcd', 'ffffffff']) {
    const response = await run({ querystring: `t=A&w=10&v=${v}` });
    expect(plainHeaders(response)['crop-status']).toMatch(/^rendered;/);
  }
  expect(await run({})).toMatchObject({ status: '200' });
  expect((await run({})).body).toBeUndefined();
});

test('without signing, a crop needs no version', async () => {
  expect(plainHeaders(await run({ querystring: 't=A&w=10' }, false))['crop-status']).toMatch(/^rendered;/);
});
