import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { startLocalBucket } from '../../../edge/local/local-s3';
import { afterThisTest, temporaryFolder } from '../../support/cleanup';
import { ask, writeImages } from '../dev-edge-fixture';

async function bucketOf(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  await writeImages(folder, files);
  const bucket = await startLocalBucket({ bucket: 'images', folder });
  afterThisTest(() => bucket.close());
  const read = async (key: string, headers: Record<string, string> = {}) => {
    const answer = await ask(bucket.endpoint, `/images/${key}`, {
      headers: { ...headers, 'x-amz-date': '0' },
    });
    return { ...answer, text: answer.body.toString() };
  };
  return { folder, read };
}

test('heeds If-Match, which the server alone does not', async () => {
  const { read, folder } = await bucketOf({ a: 'first' });
  const { etag = '' } = (await read('a')).headers;
  expect((await read('a', { 'if-match': etag })).text).toBe('first');

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
  expect((await read('a', known)).status).toBe(304);

  await writeImages(folder, { a: 'older' });
  await utimes(join(folder, 'a'), 1, 1);
  expect((await read('a', known)).text).toBe('older');
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
  expect((await read('empty')).text).toBe('');
});

test('shows a file that comes, changes and goes', async () => {
  const { read, folder } = await bucketOf({});
  expect((await read('late.jpg')).text).toContain('<Code>NoSuchKey</Code>');
  await writeImages(folder, { 'late.jpg': 'here' });
  expect((await read('late.jpg')).text).toBe('here');
});

test.each(['../secret', 'a/../../secret', '..%2Fsecret', '%2e%2e/secret'])(
  'keeps what is outside the folder to itself: %s',
  async (key) => {
    const { read, folder } = await bucketOf({ a: 'first' });
    await writeImages(join(folder, '..'), { secret: 'not for viewers' });
    afterThisTest(() => rm(join(folder, '..', 'secret')));
    const answer = await read(key);
    expect([answer.status, answer.text]).toEqual([404, expect.not.stringContaining('not for viewers')]);
  },
);
