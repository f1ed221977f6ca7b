import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { TestObjects } from './objects';

/** A bucket that test objects can be put in. */
export interface Bucket {
  put(key: string, object: StoredObject): Promise<void>;
}

export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly focus?: string;
}

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
    put: async (key, object) => {
      const at = { Bucket: name, Key: key };
      const mark = fingerprint(object);
      // Put again, it would have a new Last-Modified, and the original that is cached from the last run the old.
      if ((await markOf(client, at)) === mark) return;
      const { bytes, contentType, cacheControl, focus } = object;
      await client.send(
        new PutObjectCommand({
          ...at,
          Body: bytes,
          ContentType: contentType,
          CacheControl: cacheControl,
          Metadata: { [MARK]: mark, ...(focus !== undefined && { focus }) },
        }),
      );
    },
  };
}

/** An ETag would do where nobody encrypts with keys of their own. */
const MARK = 'conformance';

function fingerprint({ bytes, contentType, cacheControl = '', focus = '' }: StoredObject): string {
  const told = `\n${contentType}\n${cacheControl}\n${focus}`;
  return createHash('sha256').update(bytes).update(told).digest('hex');
}

async function markOf(
  client: S3Client,
  at: { readonly Bucket: string; readonly Key: string },
): Promise<string | undefined> {
  try {
    return (await client.send(new HeadObjectCommand(at))).Metadata?.[MARK];
  } catch (_notThere) {
    // Nor may it be read; what then is wrong, the put will say.
    return undefined;
  }
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

/** The headers of an object that a file cannot hold. */
export function metadataOf({
  cacheControl,
  focus,
}: Pick<StoredObject, 'cacheControl' | 'focus'>): Readonly<Record<string, string>> {
  return {
    ...(cacheControl !== undefined && { 'cache-control': cacheControl }),
    ...(focus !== undefined && { 'x-amz-meta-focus': focus }),
  };
}

/** Puts the test objects where the checks expect them. */
export async function putObjects(bucket: Bucket, objects: TestObjects, prefix: string): Promise<void> {
  for (const { key, ...object } of Object.values(objects)) await bucket.put(`${prefix}${key}`, object);
}
