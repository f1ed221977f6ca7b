import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Bucket } from './context';
import type { TestObjects } from './objects';

export interface BucketOptions {
  readonly name: string;
  readonly region: string;
  /**
   * An S3-compatible store, asked by path.
   *
   * @default - Amazon S3
   */
  readonly endpoint?: string;
}

/** A bucket, with the credentials that the AWS SDK finds for itself. */
export function createBucket({ name, region, endpoint }: BucketOptions): Bucket {
  const client = new S3Client({ region, ...(endpoint && { endpoint, forcePathStyle: true }) });
  return {
    put: async (key, { bytes, contentType, cacheControl }) => {
      await client.send(
        new PutObjectCommand({
          Bucket: name,
          Key: key,
          Body: bytes,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },
  };
}

/** A folder as a bucket; what a file cannot hold, such as a Cache-Control, is lost. */
export function createFolder(folder: string): Bucket {
  return {
    put: async (key, { bytes }) => {
      const path = join(folder, ...key.split('/'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    },
  };
}

/** Puts the test objects where the checks expect them. */
export async function putObjects(bucket: Bucket, objects: TestObjects, prefix: string): Promise<void> {
  for (const { key, ...object } of Object.values(objects)) await bucket.put(`${prefix}${key}`, object);
}
