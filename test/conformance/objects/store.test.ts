import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { drawObjects } from '../../../conformance/objects/objects';
import { createBucket, createFolder, putObjects } from '../../../conformance/objects/store';
import { temporaryFolder } from '../../support/cleanup';

const s3 = mockClient(S3Client);
beforeEach(() => s3.reset());

const bucket = () => createBucket({ name: 'photos', region: 'us-east-1' });
const puts = () => s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);

test('every object goes into the bucket, with what a file cannot hold', async () => {
  s3.on(HeadObjectCommand).rejects(new Error('NotFound'));
  s3.on(PutObjectCommand).resolves({});
  const objects = await drawObjects();
  await putObjects(bucket(), objects, 'tests/');
  expect(puts()).toHaveLength(Object.keys(objects).length);
  expect(puts()).toContainEqual(
    expect.objectContaining({
      Bucket: 'photos',
      Key: 'tests/cache-control.jpg',
      ContentType: 'image/jpeg',
      CacheControl: 'public, max-age=1234',
    }),
  );
});

test('what is there already is not put again: it would have another Last-Modified than its cached original', async () => {
  s3.on(HeadObjectCommand).rejectsOnce(new Error('NotFound'));
  s3.on(PutObjectCommand).resolves({});
  const object = { bytes: Buffer.from('a'), contentType: 'text/plain' };
  await bucket().put('a', object);
  s3.on(HeadObjectCommand).resolves({ Metadata: puts()[0]?.Metadata ?? {} });
  await bucket().put('a', object);
  expect(puts()).toHaveLength(1);
  await bucket().put('a', { ...object, cacheControl: 'max-age=1' });
  expect(puts()).toHaveLength(2);
});

test('the same objects are files of a folder', async () => {
  const folder = await temporaryFolder();
  const objects = await drawObjects();
  await putObjects(createFolder(folder), objects, 'tests/');
  expect(await readFile(join(folder, 'tests', objects.koreanNfd.key))).toEqual(objects.koreanNfd.bytes);
});

test('two drawings are the same bytes: a run can ask for what another has prepared', async () => {
  expect(await drawObjects()).toEqual(await drawObjects());
});
