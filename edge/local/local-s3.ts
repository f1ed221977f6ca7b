import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { createFolderStore, createStoreOfBuckets, type ObjectMetadata } from './folder-store';
import { createS3Corrections } from './s3-read';

export interface LocalBucketOptions {
  /** The name the bucket answers to. */
  readonly bucket: string;
  /** The folder that it shows. */
  readonly folder: string;
  /**
   * Metadata beside the content type that the file's name gives.
   *
   * @default - none
   */
  readonly metadata?: ObjectMetadata;
}

/** An S3 server on this machine, over folders. */
export interface LocalBucket {
  /** What goes into `AWS_ENDPOINT_URL_S3`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** The one account that the embedded server knows. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } as const;

/** Starts an S3 server with one bucket on a free port of this machine. */
export function startLocalBucket({ bucket, folder, metadata }: LocalBucketOptions): Promise<LocalBucket> {
  return startLocalBuckets({ folders: new Map([[bucket, folder]]), ...(metadata && { metadata }) });
}

export interface LocalBucketsOptions {
  /** What each bucket shows, by the bucket's name. */
  readonly folders: ReadonlyMap<string, string>;
  /**
   * One more folder, for the keys that a bucket's own does not have.
   *
   * @default - none
   */
  readonly fallbackFolder?: string;
  /**
   * Metadata beside the content type that the file's name gives.
   *
   * @default - none
   */
  readonly metadata?: ObjectMetadata;
}

/** Starts an S3 server on a free port of this machine. */
export async function startLocalBuckets(options: LocalBucketsOptions): Promise<LocalBucket> {
  const { folders, fallbackFolder, metadata = () => ({}) } = options;
  // The server insists on a folder of its own, though nothing is ever written to it.
  const directory = await mkdtemp(join(tmpdir(), 'edgecrop-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory,
    silent: true,
    vhostBuckets: false,
    // It signs keys with spaces or plus signs otherwise than the SDK does.
    allowMismatchedSignatures: true,
  });
  const stores = new Map(
    [...folders].map(([bucket, folder]) => [
      bucket,
      createFolderStore({ bucket, folder, metadata, ...(fallbackFolder && { fallbackFolder }) }),
    ]),
  );
  const store = createStoreOfBuckets(stores);
  server.store = store;
  server.context.store = store;
  for (const bucket of stores.keys()) server.middleware.unshift(createS3Corrections(bucket, store));
  const { port } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
