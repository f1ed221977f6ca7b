import { mkdir, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { FolderStoreOptions } from '../../../edge/local/folder-store';
import { LOCAL_CREDENTIALS, startLocalS3 } from '../../../edge/local/local-s3';
import { createS3Client } from '../../../edge/origin/s3-client';
import { createS3Origin } from '../../../edge/origin/s3-origin';
import { afterThisTest, temporaryFolder } from '../../support/cleanup';
import { ask, writeImages } from '../dev-edge-fixture';

async function bucketOf(files: Readonly<Record<string, string>>, options: Partial<FolderStoreOptions> = {}) {
  const folder = join(await temporaryFolder(), 'images');
  await mkdir(folder);
  await writeImages(folder, files);
  const s3 = await startLocalS3({ folders: new Map([['images', folder]]), ...options });
  afterThisTest(() => s3.close());
  const read = async (key: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await ask(s3.endpoint, `/images/${key}`, { headers, method });
    return { ...answer, text: answer.body.toString() };
  };
  return { folder, read, endpoint: s3.endpoint };
}

function clientOf(endpoint: string) {
  const client = createS3Client({
    endpoint,
    region: 'eu-west-1',
    credentials: LOCAL_CREDENTIALS,
    maxAttempts: 1,
  });
  afterThisTest(() => client.destroy());
  return client;
}

test('is S3 to the AWS SDK', async () => {
  const { endpoint, folder } = await bucketOf(
    { 'a b/한+국.jpg': '0123456789' },
    { metadata: (key) => ({ 'x-amz-meta-key': encodeURIComponent(key), 'cache-control': 'max-age=7' }) },
  );
  await utimes(join(folder, 'a b', '한+국.jpg'), 1_700_000_000, 1_700_000_000);
  const client = clientOf(endpoint);
  const input = { Bucket: 'images', Key: 'a b/한+국.jpg' };
  const expected = {
    // By: printf 0123456789 | md5sum
    ETag: '"781e5e245d69b566979b86e28d23f2c7"',
    ContentType: 'image/jpeg',
    CacheControl: 'max-age=7',
    LastModified: new Date(1_700_000_000_000),
    Metadata: { key: 'a%20b%2F%ED%95%9C%2B%EA%B5%AD.jpg' },
    AcceptRanges: 'bytes',
  };
  const whole = await client.send(new GetObjectCommand(input));
  expect(whole).toMatchObject({ ...expected, ContentLength: 10 });
  expect(await whole.Body?.transformToString()).toBe('0123456789');
  const part = await client.send(new GetObjectCommand({ ...input, Range: 'bytes=2-4' }));
  expect(part).toMatchObject({ ...expected, ContentLength: 3, ContentRange: 'bytes 2-4/10' });
  expect(await part.Body?.transformToString()).toBe('234');
  expect(await client.send(new HeadObjectCommand(input))).toMatchObject({ ...expected, ContentLength: 10 });
});

test('a query that is forwarded chooses headers of the response', async () => {
  const { endpoint } = await bucketOf({ 'a.txt': 'a' });
  const origin = createS3Origin({ client: clientOf(endpoint), bucket: 'images', originPath: '' });
  const headersFor = async (querystring: string) =>
    (await origin.fetch({ method: 'GET', uri: '/a.txt', querystring, headers: {} })).headers;
  expect(await headersFor('t=A&v=0123abcd')).toMatchObject({ 'content-type': 'text/plain' });
  expect(
    await headersFor('response-content-type=text%2Fhtml&response-content-disposition=attachment'),
  ).toMatchObject({ 'content-type': 'text/html', 'content-disposition': 'attachment' });
});

test.each([
  ['a missing key', { Bucket: 'images', Key: 'none.jpg' }, 404, 'NoSuchKey'],
  ['a folder', { Bucket: 'images', Key: 'folder' }, 404, 'NoSuchKey'],
  ['a folder with its slash', { Bucket: 'images', Key: 'folder/' }, 404, 'NoSuchKey'],
  ['a file with a slash', { Bucket: 'images', Key: 'folder/a.jpg/' }, 404, 'NoSuchKey'],
  ['two slashes', { Bucket: 'images', Key: 'folder//a.jpg' }, 404, 'NoSuchKey'],
  ['a missing bucket', { Bucket: 'others', Key: 'a' }, 404, 'NoSuchBucket'],
  ['another version', { Bucket: 'images', Key: 'folder/a.jpg', IfMatch: '"x"' }, 412, 'PreconditionFailed'],
  ['a range past the end', { Bucket: 'images', Key: 'folder/a.jpg', Range: 'bytes=9-' }, 416, 'InvalidRange'],
])('the SDK reads the error of %s', async (_, input, status, code) => {
  const { endpoint } = await bucketOf({ 'folder/a.jpg': 'a' });
  const error: unknown = await clientOf(endpoint)
    .send(new GetObjectCommand(input))
    .catch((reason: unknown) => reason);
  if (!(error instanceof S3ServiceException)) throw error;
  expect([error.$metadata.httpStatusCode, error.name]).toEqual([status, code]);
});

test('heeds If-Match', async () => {
  const { read, folder } = await bucketOf({ a: 'first' });
  const { etag = '' } = (await read('a')).headers;
  expect((await read('a', { 'if-match': etag })).text).toBe('first');
  expect((await read('a', { 'if-match': `"x", ${etag}` })).text).toBe('first');

  await writeImages(folder, { a: 'second' });
  const changed = await read('a', { 'if-match': etag });
  expect([changed.status, changed.text]).toEqual([
    412,
    expect.stringContaining('<Code>PreconditionFailed</Code>'),
  ]);
});

test('compares ETags before dates: a file may be replaced by an older one', async () => {
  const { read, folder } = await bucketOf({ a: 'first' });
  const { etag = '', 'last-modified': modified = '' } = (await read('a')).headers;
  const known = { 'if-none-match': etag, 'if-modified-since': modified };
  const notModified = await read('a', known);
  expect([notModified.status, notModified.headers.etag, notModified.text]).toEqual([304, etag, '']);

  await writeImages(folder, { a: 'older' });
  await utimes(join(folder, 'a'), 1, 1);
  expect((await read('a', known)).text).toBe('older');
});

test.each([
  ['if-none-match', '"x", W/"8b04d5e3775d298e78455efc5ca404d5"', 304],
  ['if-none-match', '*', 304],
  ['if-none-match', '"x"', 200],
  ['if-modified-since', 'Tue, 14 Nov 2023 22:13:20 GMT', 304],
  ['if-modified-since', 'Tue, 14 Nov 2023 22:13:19 GMT', 200],
  ['if-modified-since', 'yesterday', 200],
])('%s: %s is answered %i', async (name, value, status) => {
  const { read, folder } = await bucketOf({ a: 'first' });
  await utimes(join(folder, 'a'), 1_700_000_000, 1_700_000_000);
  expect((await read('a', { [name]: value })).status).toBe(status);
});

test.each([
  ['bytes=2-4', 206, '234'],
  ['bytes=0-0', 206, '0'],
  ['bytes=7-', 206, '789'],
  ['bytes=-3', 206, '789'],
  ['bytes=8-99', 206, '89'],
  ['bytes=0-1,4-5', 200, '0123456789'],
  ['bytes=x', 200, '0123456789'],
])('answers Range: %s with %i', async (range, status, text) => {
  const { read } = await bucketOf({ a: '0123456789' });
  const answer = await read('a', { range });
  expect([answer.status, answer.text]).toEqual([status, text]);
});

test('fails with 416 on a range that starts after the end', async () => {
  const { read } = await bucketOf({ a: '0123456789', empty: '' });
  expect((await read('a', { range: 'bytes=10-' })).status).toBe(416);
  const empty = await read('empty');
  expect([empty.text, empty.headers['content-length']]).toEqual(['', '0']);
});

test('answers HEAD with headers alone', async () => {
  const { read } = await bucketOf({ 'a.png': '0123456789' });
  const found = await read('a.png', {}, 'HEAD');
  expect([found.status, found.headers['content-length'], found.headers['content-type'], found.text]).toEqual([
    200,
    '10',
    'image/png',
    '',
  ]);
  const missing = await read('none', {}, 'HEAD');
  expect([missing.status, missing.text]).toEqual([404, '']);
});

test('shows a file that comes, changes and goes', async () => {
  const { read, folder } = await bucketOf({});
  expect((await read('late.jpg')).text).toContain('<Code>NoSuchKey</Code>');
  await writeImages(folder, { 'late.jpg': 'here' });
  expect((await read('late.jpg')).text).toBe('here');
});

test.each([
  '../secret',
  'a/../../secret',
  'a/../b',
  '..%2Fsecret',
  '%2e%2e/secret',
  '.env',
  '.git/config',
  './b',
])('keeps dot files and everything outside the folder private: %s', async (key) => {
  const { read, folder } = await bucketOf({ b: 'b', 'a/c': 'c', '.env': 'secret', '.git/config': 'secret' });
  await writeImages(join(folder, '..'), { secret: 'secret' });
  const answer = await read(key);
  expect([answer.status, answer.text]).toEqual([404, expect.not.stringContaining('secret')]);
});

test('follows symbolic links', async () => {
  const { read, folder } = await bucketOf({ a: 'a' });
  await symlink('a', join(folder, 'link'));
  expect((await read('link')).text).toBe('a');
});

test('each bucket has its folder, and the fallback for what it lacks', async () => {
  const [folder, fallbackFolder] = [await temporaryFolder(), await temporaryFolder()];
  await writeImages(folder, { a: 'of avatars' });
  await writeImages(fallbackFolder, { a: 'of both', late: 'of both' });
  const { endpoint } = await bucketOf({}, { folders: new Map([['avatars', folder]]), fallbackFolder });
  const read = async (path: string) => (await ask(endpoint, path)).body.toString();
  expect([await read('/avatars/a'), await read('/avatars/late')]).toEqual(['of avatars', 'of both']);
  expect(await read('/others/late')).toContain('<Code>NoSuchBucket</Code>');
});

test.each([
  ['PUT', '/images/a', 405, 'MethodNotAllowed'],
  ['GET', '/images/', 403, 'AccessDenied'],
  ['GET', '/images?list-type=2', 403, 'AccessDenied'],
  ['GET', '/images/%zz', 400, 'InvalidURI'],
])('refuses %s %s', async (method, path, status, code) => {
  const { endpoint, read } = await bucketOf({ a: 'a' });
  const answer = await ask(endpoint, path, { method });
  expect([answer.status, answer.body.toString()]).toEqual([
    status,
    expect.stringContaining(`<Code>${code}</Code>`),
  ]);
  expect((await read('a')).text).toBe('a');
});
