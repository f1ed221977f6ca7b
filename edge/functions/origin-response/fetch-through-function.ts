import { randomUUID } from 'node:crypto';
import {
  announcedLength,
  type Body,
  collectBody,
  discardBody,
  freeMemory,
  MAX_HELD_BYTES,
} from '../../http/body';
import { createErrorResponse, type EdgeErrorType } from '../../http/error-response';
import { withoutHeaders } from '../../http/headers';
import type { Log } from '../../operations/log';
import type { OriginFetch, OriginFetchRequest, OriginFetchResult } from '../../origin/origin-fetch';
import type { Origin, OriginResponse } from '../../origin/s3-origin';
import { type LambdaRuntime, OverloadError } from './lambda-runtime';
import { createOriginResponseEvent, type EventOrigin } from './origin-response-event';
import { readOriginResponseResult } from './origin-response-result';

export interface FetchThroughFunctionOptions {
  readonly origin: Origin;
  readonly eventOrigin: EventOrigin;
  /** The origin-response function; undefined if there is none. */
  readonly lambda: LambdaRuntime | undefined;
  /** Whether the function draws a picture for objects that do not exist. */
  readonly drawsMissing?: boolean | undefined;
  /**
   * The largest response that the function may make, in bytes.
   *
   * @default - Lambda@Edge's
   */
  readonly bodyLimit?: number | undefined;
  /** Receives the reason of every 502 and 503. */
  readonly log: Log;
}

/** Headers of S3 that viewers do not receive. */
const S3_INTERNAL: readonly string[] = ['x-amz-request-id', 'x-amz-id-2'];

const EXECUTION_FAILED =
  'The Lambda function associated with the CloudFront distribution is invalid or doesn’t have the required permissions.';
const VALIDATION_FAILED = 'The Lambda function result failed validation.';
const NO_CONNECTION = 'CloudFront wasn’t able to connect to the origin.';

/** Fetches from the origin and lets the origin-response function change the response. */
export function createFetchThroughFunction(options: FetchThroughFunctionOptions): OriginFetch {
  const { origin, eventOrigin, lambda, drawsMissing = false, bodyLimit, log } = options;

  const failed = (
    status: number,
    error: EdgeErrorType,
    { uri }: OriginFetchRequest,
    reason: unknown,
    message: string,
  ): OriginFetchResult => {
    log(`${error} ${uri}: ${reason instanceof Error ? reason.message : reason}`);
    return { ...createErrorResponse(status, message), error };
  };

  const applyFunction = async (
    runtime: LambdaRuntime,
    request: OriginFetchRequest,
    received: OriginResponse,
  ): Promise<OriginFetchResult> => {
    const event = createOriginResponseEvent({
      ...request,
      origin: eventOrigin,
      requestId: randomUUID(),
      response: received,
    });
    const original = createOriginalReader(received);
    const renders = canRender(request, received.status, drawsMissing);
    let returned: unknown;
    try {
      returned = await runtime.invoke(event, {
        isLight: !renders,
        ...(request.signal && { signal: request.signal }),
        ...(renders && original.isHeld && received.status === 200 && { readOriginal: original.read }),
      });
    } catch (error) {
      original.discard();
      request.signal?.throwIfAborted();
      if (error instanceof OverloadError) return overloaded();
      return failed(503, 'LambdaExecutionError', request, error, EXECUTION_FAILED);
    }
    const result = readOriginResponseResult(returned, received.headers, bodyLimit);
    if (!result.accepted) {
      original.discard();
      return failed(502, 'LambdaValidationError', request, result.reason, VALIDATION_FAILED);
    }
    const { response } = result;
    if (!response.body) return passOn(request, { ...received, ...response, body: received.body }, original);
    original.discard();
    return {
      ...response,
      headers: withoutHeaders(response.headers, S3_INTERNAL),
      body: request.method === 'HEAD' ? NO_BODY : response.body,
      error: undefined,
    };
  };

  return async (request) => {
    try {
      const received = await origin.fetch({
        method: request.method,
        uri: request.uri,
        querystring: request.querystring,
        headers: request.headersForOrigin,
      });
      if (lambda) return await applyFunction(lambda, request, received);
      return await passOn(request, received, createOriginalReader(received));
    } catch (error) {
      request.signal?.throwIfAborted();
      return failed(502, 'Error', request, error, NO_CONNECTION);
    }
  };
}

const NO_BODY = Buffer.alloc(0);

/** Whether the function may draw a picture. Everything else takes it a millisecond. */
function canRender(
  { method, querystring }: OriginFetchRequest,
  status: number,
  drawsMissing: boolean,
): boolean {
  const hasPicture = status === 200 || status === 206 || (status === 404 && drawsMissing);
  return method === 'GET' && querystring !== '' && hasPicture;
}

/** The body of S3's response: for the function, for the viewer, or for nobody. */
interface OriginalReader {
  /** Whether it is short enough to be held in memory. */
  readonly isHeld: boolean;
  /** Reads it once, however often this is called. */
  read(): Promise<Buffer>;
  discard(): void;
}

function createOriginalReader({ headers, body }: OriginResponse): OriginalReader {
  const length = announcedLength(headers);
  let reading: Promise<Buffer> | undefined;
  return {
    isHeld: Buffer.isBuffer(body) || (length !== undefined && length <= MAX_HELD_BYTES),
    read: () => {
      reading ??= Buffer.isBuffer(body) ? Promise.resolve(body) : collectBody(body, length ?? 0);
      return reading;
    },
    discard: () => {
      discardBody(body);
      // What was read has been sent to the function by now. A reading that fails has been reported by who asked for it.
      if (!Buffer.isBuffer(body)) reading?.then(freeMemory, () => undefined);
    },
  };
}

async function passOn(
  { method }: OriginFetchRequest,
  { status, statusDescription, headers, body: stream }: OriginResponse,
  original: OriginalReader,
): Promise<OriginFetchResult> {
  let body: Body = NO_BODY;
  if (method === 'HEAD') original.discard();
  else body = original.isHeld ? await original.read() : stream;
  return { status, statusDescription, headers: withoutHeaders(headers, S3_INTERNAL), body, error: undefined };
}

/** Not logged: a line per refused request would add to the overload. The limiter and the metrics report it. */
function overloaded(): OriginFetchResult {
  const { headers, ...response } = createErrorResponse(503, 'The request was throttled.');
  return { ...response, headers: { ...headers, 'retry-after': '1' }, error: 'LimitExceeded' };
}
