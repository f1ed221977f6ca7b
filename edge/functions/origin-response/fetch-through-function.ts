import { randomUUID } from 'node:crypto';
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
  const { origin, eventOrigin, lambda, log } = options;

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
    let returned: unknown;
    try {
      returned = await runtime.invoke(event);
    } catch (error) {
      received.discard();
      if (error instanceof OverloadError) return overloaded();
      return failed(503, 'LambdaExecutionError', request, error, EXECUTION_FAILED);
    }
    const result = readOriginResponseResult(returned, received.headers);
    if (!result.accepted) {
      received.discard();
      return failed(502, 'LambdaValidationError', request, result.reason, VALIDATION_FAILED);
    }
    const { response } = result;
    if (!response.body) return readOriginal({ ...received, ...response });
    received.discard();
    return {
      ...response,
      headers: withoutHeaders(response.headers, S3_INTERNAL),
      body: request.method === 'HEAD' ? Buffer.alloc(0) : response.body,
      error: undefined,
    };
  };

  return async (request) => {
    // Before S3 is asked, so that refusing costs next to nothing.
    if (lambda?.isFull?.()) return overloaded();
    try {
      const received = await origin.fetch({
        method: request.method,
        uri: request.uri,
        headers: request.headersForOrigin,
      });
      return await (lambda ? applyFunction(lambda, request, received) : readOriginal(received));
    } catch (error) {
      return failed(502, 'Error', request, error, NO_CONNECTION);
    }
  };
}

async function readOriginal(received: OriginResponse): Promise<OriginFetchResult> {
  return {
    status: received.status,
    statusDescription: received.statusDescription,
    headers: withoutHeaders(received.headers, S3_INTERNAL),
    body: await received.read(),
    error: undefined,
  };
}

/** Not logged: a line per refused request would add to the overload. The limiter and the metrics report it. */
function overloaded(): OriginFetchResult {
  const { headers, ...response } = createErrorResponse(503, 'The request was throttled.');
  return { ...response, headers: { ...headers, 'retry-after': '1' }, error: 'LimitExceeded' };
}
