import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface S3ClientOptions {
  readonly region: string;
  /**
   * An S3-compatible store, addressed path-style.
   *
   * @default - S3 itself
   */
  readonly endpoint?: string;
  /**
   * @default - the SDK's credential chain
   */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /**
   * How often a request is tried in all.
   *
   * @default - the SDK's, 3
   */
  readonly maxAttempts?: number;
}

/** Renders keep their connection while they wait for a process, so the SDK's 50 connections are too few. */
const MAX_CONNECTIONS = 1000;

/** A body of which nothing arrives for this long, in milliseconds, never will. Slow viewers have as long. */
const STALLED = 60_000;

/** Creates an S3 client that passes bodies on unchecked, as CloudFront does. */
export function createS3Client({ endpoint, ...options }: S3ClientOptions): S3Client {
  const config: S3ClientConfig = {
    ...options,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 30_000,
      socketTimeout: STALLED,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: MAX_CONNECTIONS },
      httpsAgent: { maxSockets: MAX_CONNECTIONS },
    },
  };
  return new S3Client(config);
}
