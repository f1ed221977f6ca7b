import type { RequestHandler } from '../http/http-types';

/** One answered request, as a person reads it in a terminal. */
export interface RequestEntry {
  readonly method: string;
  /** Path and query, as received. */
  readonly url: string;
  readonly status: number;
  /** `X-Cache` without its last words: `Hit`, `Miss`, `RefreshHit`, `Error`, … */
  readonly cache: string;
  /** From the request's arrival until its response was complete. */
  readonly milliseconds: number;
  /** The size of the body, in bytes. */
  readonly bytes: number;
  /** The `Content-Type`; empty if there is none. */
  readonly type: string;
}

/** Wraps a handler so that every response is reported. Without a receiver, the handler stays as it is. */
export function reportRequests(
  handle: RequestHandler,
  receive: ((entry: RequestEntry) => void) | undefined,
): RequestHandler {
  if (!receive) return handle;
  return async (request) => {
    const start = performance.now();
    const response = await handle(request);
    const { headers } = response;
    receive({
      method: request.method,
      url: request.querystring ? `${request.uri}?${request.querystring}` : request.uri,
      status: response.status,
      cache: headers['x-cache']?.split(' ')[0] ?? '',
      milliseconds: performance.now() - start,
      bytes: response.contentLength ?? 0,
      type: headers['content-type'] ?? '',
    });
    return response;
  };
}
