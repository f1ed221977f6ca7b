import sharp from 'sharp';
import { compass } from '../../../conformance/objects/draw';
import { createHandler } from '../../../lambda/origin-response/handler';
import type { LogEntry } from '../../../lambda/origin-response/log';
import { createSharpRenderer } from '../../../lambda/origin-response/render/render';
import type { Fetched, FetchRequest } from '../../../lambda/origin-response/source/fetch';
import type { CroppingOptions } from '../../../lib/configuration/options';
import { bodyOf, type EventOptions, originResponseEvent, plainHeaders } from '../../support/events';
import { functionSettings } from '../../support/settings';

const MISSING = { missing: { key: 'none.png' } } as const;

/** What CloudFront hands over where S3 has no such object. */
const NOT_FOUND: EventOptions = {
  status: '404',
  headers: { 'Content-Type': 'application/xml', 'Transfer-Encoding': 'chunked', Via: '1.1 s3 (CloudFront)' },
};

async function ask(
  event: EventOptions,
  options: CroppingOptions,
  stored: Fetched = { kind: 'failed', reason: 'origin-failed', detail: 'NoSuchKey' },
  remaining = 30_000,
) {
  const log: LogEntry[] = [];
  const asked: FetchRequest[] = [];
  const handler = createHandler({
    settings: functionSettings(options),
    fetch: async (request) => {
      asked.push(request);
      return stored;
    },
    renderer: createSharpRenderer(),
    log: (entry) => log.push(entry),
  });
  const response = await handler(originResponseEvent({ ...NOT_FOUND, ...event }), {
    getRemainingTimeInMillis: () => remaining,
  });
  return { response, headers: plainHeaders(response), log, asked };
}

const CROP = { querystring: 't=A&w=20&h=20&format=webp', path: '/media' };
let picture: Fetched;
beforeAll(async () => {
  picture = { kind: 'bytes', bytes: await compass(80, 40).png().toBuffer() };
});

test.each([
  [404, 'Not Found'],
  [200, 'OK'],
] as const)('the picture in the requested crop, with status %d', async (status, statusDescription) => {
  const { response, headers, log, asked } = await ask(
    CROP,
    { missing: { key: 'a/none.png', status } },
    picture,
  );
  expect(response).toMatchObject({ status: String(status), statusDescription, bodyEncoding: 'base64' });
  expect(await sharp(bodyOf(response)).metadata()).toMatchObject({ format: 'webp', width: 20, height: 20 });
  expect(headers).toStrictEqual({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=60',
    'crop-status': `missing;size=20x20;bytes=${bodyOf(response).length};attempts=1`,
    'server-timing': expect.any(String),
    'transfer-encoding': 'chunked',
    via: '1.1 s3 (CloudFront)',
  });
  expect(asked).toMatchObject([{ location: { bucket: 'photos', key: 'a/none.png' }, etag: undefined }]);
  expect(log).toMatchObject([{ outcome: 'missing', answers: 1, uri: '/photos/cat.jpg' }]);
});

test('the picture is drawn even where it is the same as its original', async () => {
  const { headers } = await ask({ querystring: 't=A' }, MISSING, picture);
  expect(headers['crop-status']).toMatch(/^missing;size=80x40;/);
});

test.each<[string, () => Fetched | undefined, number, RegExp]>([
  ['is not there either', () => undefined, 30_000, /^NoSuchKey$/],
  ['is no picture', () => ({ kind: 'bytes', bytes: Buffer.from('hello') }), 30_000, /^it is text$/],
  ['is not drawn in time', () => picture, 10, /out of time|time left/],
])("S3's own answer, where the picture %s", async (_name, stored, remaining, detail) => {
  const { response, headers, log } = await ask(CROP, { ...MISSING, onFailure: 'error' }, stored(), remaining);
  expect(response).toMatchObject({ status: '404' });
  expect(response.body).toBeUndefined();
  expect(headers).toStrictEqual(plainHeaders(originResponseEvent(NOT_FOUND).Records[0]!.cf.response));
  expect(log).toMatchObject([{ outcome: 'not-found', detail: expect.stringMatching(detail) }]);
});

test.each<[string, EventOptions, CroppingOptions]>([
  ['without the setting', CROP, {}],
  ['for an original', { querystring: '' }, MISSING],
  ['for HEAD', { ...CROP, method: 'HEAD' }, MISSING],
  // Without the right to list, S3 says 403 for what is missing too. It is a mistake in a policy, and has to be seen.
  ['where S3 refuses', { ...CROP, status: '403' }, MISSING],
])("S3's own answer %s", async (_name, event, options) => {
  const { response, asked, log } = await ask(event, options, picture);
  expect(response.body).toBeUndefined();
  expect(asked).toHaveLength(0);
  expect(log).toHaveLength(0);
});
