import type { EdgeErrorType } from '../http/error-response';
import type { Headers } from '../http/headers';
import type { EdgeResponse } from '../http/http-types';

/** A request to the origin, for one viewer or for several that wait for the same response. */
export interface OriginFetchRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: string;
  readonly clientIp: string;
  /** Range and conditional headers: the viewer's, or those that revalidate a stored response. */
  readonly headersForOrigin: Headers;
  /**
   * Aborted when nobody waits for the response any longer.
   *
   * @default - never
   */
  readonly signal?: AbortSignal;
}

/** The response after the origin-response function, or the edge's own error response. */
export interface OriginFetchResult extends EdgeResponse {
  /** Undefined if the response is the origin's. */
  readonly error: EdgeErrorType | undefined;
}

/**
 * Fetches from the origin, through the origin-response function if there is one. Rejects only if the signal is aborted
 * before the function has been started.
 */
export type OriginFetch = (request: OriginFetchRequest) => Promise<OriginFetchResult>;
