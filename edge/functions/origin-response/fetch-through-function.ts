import { randomUUID } from 'node:crypto';
import { createErrorResponse, type EdgeErrorType } from '../../http/error-response';
import { type EdgeResponse, type Headers, type Log, withoutHeaders } from '../../http/http-types';
import type { Origin, OriginResponse } from '../../origin/s3-origin';
import { OverloadError } from './concurrency-limiter';
import { createOriginResponseEvent, type EventOrigin } from './origin-response-event';
import { readFunctionResult } from './origin-response-result';
import type { LambdaRuntime } from './process-runtime';

/** One request to the origin, made for one viewer or for several that wait for the same thing. */
export interface OriginExchange {
  readonly method: string;
  readonly uri: string;
  readonly querystring: string;
  readonly clientIp: string;
  /** Range and conditionals, the viewer's own or those that confirm what is stored. */
  readonly forwardedHeaders: Headers;
}

/** What came of it: a response of the origin's, or the edge's own in its stead. */
export interface OriginOutcome extends EdgeResponse {
  /** Undefined where the response is the origin's, by way of the function. */
  readonly error: EdgeErrorType | undefined;
}

export interface OriginResponseOptions {
  readonly origin: Origin;
  readonly eventOrigin: EventOrigin;
  /** The origin-response function, where there is one. */
  readonly lambda: LambdaRuntime | undefined;
  readonly log: Log;
}

/** Never forwarded to viewers. */
const S3_INTERNAL: readonly string[] = ['x-amz-request-id', 'x-amz-id-2'];

const EXECUTION_MESSAGE =
  'The Lambda function associated with the CloudFront distribution is invalid or doesn’t have the required permissions.';

/** Asks the origin and lets the origin-response function change the answer. Never throws. */
export function createOriginExchange(options: OriginResponseOptions) {
  const { origin, eventOrigin, lambda, log } = options;

  const failed = (
    status: number,
    error: EdgeErrorType,
    uri: string,
    reason: unknown,
    message: string,
  ): OriginOutcome => {
    log(`${error} ${uri}: ${reason instanceof Error ? reason.message : reason}`);
    return { ...createErrorResponse(status, message), error };
  };

  const answer = async (received: OriginResponse): Promise<OriginOutcome> => ({
    status: received.status,
    statusDescription: received.statusDescription,
    headers: withoutHeaders(received.headers, S3_INTERNAL),
    body: await received.read(),
    error: undefined,
  });

  const throughFunction = async (
    runtime: LambdaRuntime,
    exchange: OriginExchange,
    received: OriginResponse,
  ): Promise<OriginOutcome> => {
    const event = createOriginResponseEvent({
      ...exchange,
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
      return failed(503, 'LambdaExecutionError', exchange.uri, error, EXECUTION_MESSAGE);
    }
    const result = readFunctionResult(returned, received.headers);
    if (!result.accepted) {
      received.discard();
      return failed(502, 'LambdaValidationError', exchange.uri, result.reason, VALIDATION_MESSAGE);
    }
    const { response } = result;
    if (!response.body) return answer({ ...received, ...response });
    received.discard();
    return {
      ...response,
      headers: withoutHeaders(response.headers, S3_INTERNAL),
      body: exchange.method === 'HEAD' ? Buffer.alloc(0) : response.body,
      error: undefined,
    };
  };

  return async (exchange: OriginExchange): Promise<OriginOutcome> => {
    // Before S3 is asked: what is refused must cost next to nothing.
    if (lambda?.isFull?.()) return overloaded();
    try {
      const received = await origin.fetch({
        method: exchange.method,
        uri: exchange.uri,
        headers: exchange.forwardedHeaders,
      });
      return await (lambda ? throughFunction(lambda, exchange, received) : answer(received));
    } catch (error) {
      return failed(502, 'Error', exchange.uri, error, 'CloudFront wasn’t able to connect to the origin.');
    }
  };
}

/** Said by status and metrics alone: a line for each of them would be the next overload. */
function overloaded(): OriginOutcome {
  const { headers, ...response } = createErrorResponse(503, 'The request was throttled.');
  return { ...response, headers: { ...headers, 'retry-after': '1' }, error: 'LimitExceeded' };
}

const VALIDATION_MESSAGE = 'The Lambda function result failed validation.';
