import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { type Deadline, OutOfTime, within } from '../failure/deadline';
import type { Reason } from '../failure/reason';
import { type BodyMemory, createBodyMemory, detach } from './body-memory';
import { createHttpHandler, type SendOptions } from './http-handler';
import type { ObjectLocation } from './locate';

export interface FetchRequest {
  readonly location: ObjectLocation;
  /** ETag of the response that CloudFront got. No other version may be rendered under its validators. */
  readonly etag: string | undefined;
  /** The largest original that is read, in bytes. */
  readonly maxBytes: number;
  readonly deadline: Deadline;
  /** Called when the request has been sent, once per attempt. */
  readonly onSent?: () => void;
}

export type Fetched =
  | {
      readonly kind: 'bytes';
      readonly bytes: Buffer;
      /** Frees the memory for the next request; `bytes` must not be used afterwards. */
      readonly release?: () => void;
    }
  | { readonly kind: 'failed'; readonly reason: Reason; readonly detail: string };

/** Reads an original. Never rejects. */
export type Fetch = (request: FetchRequest) => Promise<Fetched>;

/**
 * Reads originals from S3: the event of an origin-response function does not carry the body.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-updating-http-responses.html
 */
export function createS3Fetch(): Fetch {
  const clients = new Map<string, Promise<S3Client>>();
  const memory = createBodyMemory();
  return async (request) => {
    const { region } = request.location;
    const client = clients.get(region) ?? createClient(region);
    clients.set(region, client);
    for (let attempt = 1; ; attempt++) {
      try {
        return await read(await client, request, memory);
      } catch (error) {
        if (attempt > 1 || !isWorthRetrying(error) || request.deadline.remaining() === 0) {
          return { kind: 'failed', reason: reasonOf(error), detail: describe(error) };
        }
      }
    }
  };
}

async function createClient(region: string): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    // The bucket's region; the function runs in the viewer's.
    region,
    // Only the edge on one machine has an endpoint of its own; such stores seldom have a host name per bucket.
    forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
    // We retry ourselves, because a truncated body needs a retry as well.
    maxAttempts: 1,
    // Where the host name has no region, S3 names it.
    followRegionRedirects: true,
    // TLS protects the transfer; a second checksum of megabytes costs more than the S3 call.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: createHttpHandler(),
  });
}

async function read(client: S3Client, request: FetchRequest, memory: BodyMemory): Promise<Fetched> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { bucket, key } = request.location;
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: request.etag });
  const abort = new AbortController();
  const download = async () => {
    const options: SendOptions = { abortSignal: abort.signal, onSent: request.onSent };
    const output = await client.send(command, options);
    return collect(output, request.maxBytes, abort.signal, memory);
  };
  let isWhole = false;
  try {
    const fetched = await within(request.deadline, download());
    isWhole = fetched.kind === 'bytes';
    return fetched;
  } finally {
    // Aborts the download if we gave up (deadline, size). Not on success: aborting allocates an error.
    if (!isWhole) abort.abort();
  }
}

/** Counts bytes as they arrive, because the announced length may be wrong. */
async function collect(
  output: GetObjectCommandOutput,
  maxBytes: number,
  signal: AbortSignal,
  memory: BodyMemory,
): Promise<Fetched> {
  const announced = output.ContentLength ?? 0;
  const body = output.Body as (AsyncIterable<Uint8Array> & { destroy(): void }) | undefined;
  if (body === undefined) return { kind: 'bytes', bytes: Buffer.alloc(0) };
  signal.addEventListener('abort', () => body.destroy(), { once: true });
  if (announced > maxBytes) return tooManyBytes(`${announced} announced`);
  let bytes = memory.acquire(announced);
  let length = 0;
  for await (const chunk of body) {
    if (length + chunk.length > maxBytes) return tooManyBytes(`more than ${maxBytes} arrived`);
    if (length + chunk.length > bytes.length) {
      const larger = memory.acquire(Math.min(maxBytes, 2 * (length + chunk.length)));
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
    bytes.set(chunk, length);
    length += chunk.length;
    detach(chunk);
  }
  if (length < announced) throw new TruncatedBody(`${length} of ${announced} bytes arrived`);
  const acquired = bytes;
  return { kind: 'bytes', bytes: acquired.subarray(0, length), release: () => memory.release(acquired) };
}

class TruncatedBody extends Error {}

function tooManyBytes(detail: string): Fetched {
  return { kind: 'failed', reason: 'source-bytes', detail };
}

function reasonOf(error: unknown): Reason {
  if (error instanceof OutOfTime) return 'out-of-time';
  return metadataOf(error).httpStatusCode === 412 ? 'origin-changed' : 'origin-failed';
}

/** A 4xx would come again, unless the SDK has corrected its clock since. Everything else may succeed. */
function isWorthRetrying(error: unknown): boolean {
  if (error instanceof OutOfTime) return false;
  const { httpStatusCode: status, clockSkewCorrected } = metadataOf(error);
  return status === undefined || status >= 500 || clockSkewCorrected === true;
}

interface ErrorMetadata {
  readonly httpStatusCode?: number;
  readonly clockSkewCorrected?: boolean;
}

/** The SDK's metadata of an error; network errors have none. */
function metadataOf(error: unknown): ErrorMetadata {
  return (error as { $metadata?: ErrorMetadata } | null)?.$metadata ?? {};
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
