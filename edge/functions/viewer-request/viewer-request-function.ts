import type { CloudFrontFunction } from '../../assembly/behavior';
import { createErrorResponse, type EdgeErrorType } from '../../http/error-response';
import type { EdgeResponse, ViewerRequest } from '../../http/http-types';
import type { Log } from '../../operations/log';
import type { KeyValueStore } from './engine-modules';
import { createSandbox } from './sandbox';
import { createViewerRequestEvent } from './viewer-request-event';
import { readViewerRequestResult } from './viewer-request-result';
import type { Watchdog } from './watchdog';

/** The request to go on with, or the response for the viewer. */
export type ViewerRequestOutcome =
  | { readonly request: ViewerRequest }
  | { readonly response: EdgeResponse; readonly error: EdgeErrorType | undefined };

/** Runs the function on a request. Never throws. */
export type ViewerRequestFunction = (request: ViewerRequest) => Promise<ViewerRequestOutcome>;

const INVALID_FUNCTION = 'The CloudFront function associated with the CloudFront distribution is invalid.';

export interface ViewerRequestFunctionOptions {
  /** Receives the reason of every 502 and 503. */
  readonly log: Log;
  readonly watchdog: Watchdog;
  /**
   * The function's KeyValueStore.
   *
   * @default - an empty one
   */
  readonly store?: KeyValueStore;
}

/** Creates a CloudFront Function for viewer-request events. */
export function createViewerRequestFunction(
  { code }: CloudFrontFunction,
  { log, watchdog, store = () => undefined }: ViewerRequestFunctionOptions,
): ViewerRequestFunction {
  const run = createSandbox(code, store);
  return async (request) => {
    const failed = (status: number, error: EdgeErrorType, reason: unknown): ViewerRequestOutcome => {
      log(`${error} ${request.uri}: ${reason}`);
      return { response: createErrorResponse(status, INVALID_FUNCTION), error };
    };
    let returned: unknown;
    try {
      returned = await watchdog.guard(request.uri, () => run(createViewerRequestEvent(request)));
    } catch (error) {
      return failed(503, 'FunctionExecutionError', messageOf(error));
    }
    const result = readViewerRequestResult(returned, request);
    if ('invalid' in result) return failed(502, 'FunctionValidationError', result.invalid);
    return 'request' in result ? result : { ...result, error: undefined };
  };
}

/** Errors thrown in the sandbox are not instances of this realm's `Error`. */
function messageOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
}
