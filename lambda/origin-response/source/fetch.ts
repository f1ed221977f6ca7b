import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { type Deadline, OutOfTime, within } from '../failure/deadline';
import type { Reason } from '../failure/reason';
import { type BodyMemory, createBodyMemory, discard } from './body-memory';
import type { ObjectLocation } from './locate';

export interface FetchRequest {
  readonly location: ObjectLocation;
  /** Of the answer that CloudFront got; anything else must not be rendered under its validators. */
  readonly etag: string | undefined;
  /** The most that is read, in bytes. */
  readonly maxBytes: number;
  readonly deadline: Deadline;
  /** Called when the request has left and there is nothing to do but wait; it may be called again. */
  readonly onSent?: () => void;
}

export type Fetched =
  | {
      readonly kind: 'bytes';
      readonly bytes: Buffer;
      /** Lends the memory to the next request: nothing may read `bytes` any more. */
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

/** A body comes in chunks of what the socket buffers; many small ones cost more than the S3 call. */
const SOCKETS = { keepAlive: true, highWaterMark: 1_048_576 };

async function createClient(region: string): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    // The replica runs where the viewer is; the bucket is where it is.
    region,
    // A store of one's own, which only the edge on one machine has, seldom answers to the bucket's name
    // before its own.
    forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
    // The one retry is ours, because a body that breaks off needs it as well.
    maxAttempts: 1,
    // A bucket that is named without its region answers where it is.
    followRegionRedirects: true,
    // TLS guards the way; a second checksum of megabytes costs more than the S3 call.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 2_000, httpAgent: SOCKETS, httpsAgent: SOCKETS },
  });
}

async function read(client: S3Client, request: FetchRequest, memory: BodyMemory): Promise<Fetched> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { bucket, key } = request.location;
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: request.etag });
  const abort = new AbortController();
  const download = async () => {
    const output = await client.send(command, { abortSignal: abort.signal });
    return collect(output, request.maxBytes, abort.signal, memory);
  };
  const onStart = (message: unknown) => {
    (message as { request: ClientRequest }).request.once('finish', () => request.onSent?.());
  };
  // The SDK does not tell when its request has left; Node does, of each request in the process.
  subscribe(REQUEST_START, onStart);
  let isWhole = false;
  try {
    const fetched = await within(request.deadline, download());
    isWhole = fetched.kind === 'bytes';
    return fetched;
  } finally {
    unsubscribe(REQUEST_START, onStart);
    // Ends what still runs after the deadline or the limit. An abort makes an error, so none without need.
    if (!isWhole) abort.abort();
  }
}

/** https://nodejs.org/api/diagnostics_channel.html#http */
const REQUEST_START = 'http.client.request.start';

/** Counts while it reads: the length that was announced need not be the truth. */
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
  let bytes = memory.borrow(announced);
  let length = 0;
  for await (const chunk of body) {
    if (length + chunk.length > maxBytes) return tooManyBytes(`more than ${maxBytes} arrived`);
    if (length + chunk.length > bytes.length) {
      const larger = memory.borrow(Math.min(maxBytes, 2 * (length + chunk.length)));
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
    bytes.set(chunk, length);
    length += chunk.length;
    discard(chunk);
  }
  if (length < announced) throw new BrokenOff(`${length} of ${announced} bytes arrived`);
  const lent = bytes;
  return { kind: 'bytes', bytes: lent.subarray(0, length), release: () => memory.giveBack(lent) };
}

class BrokenOff extends Error {}

function tooManyBytes(detail: string): Fetched {
  return { kind: 'failed', reason: 'source-bytes', detail };
}

function reasonOf(error: unknown): Reason {
  if (error instanceof OutOfTime) return 'out-of-time';
  return metadataOf(error).httpStatusCode === 412 ? 'origin-changed' : 'origin-failed';
}

/** A refusal (4xx) stays one, but for a clock that the SDK has put right; a failure may pass. */
function isWorthRetrying(error: unknown): boolean {
  if (error instanceof OutOfTime) return false;
  const { httpStatusCode: status, clockSkewCorrected } = metadataOf(error);
  return status === undefined || status >= 500 || clockSkewCorrected === true;
}

interface ErrorMetadata {
  readonly httpStatusCode?: number;
  readonly clockSkewCorrected?: boolean;
}

/** What the SDK notes on its errors; nothing on those of the network. */
function metadataOf(error: unknown): ErrorMetadata {
  return (error as { $metadata?: ErrorMetadata } | null)?.$metadata ?? {};
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
