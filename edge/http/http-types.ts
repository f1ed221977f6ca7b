import { STATUS_CODES } from 'node:http';
import type { Body } from './body';
import type { Headers } from './headers';

/** A viewer's request exactly as it was sent: nothing is decoded or resolved. */
export interface ViewerRequest {
  readonly method: string;
  /** The path, percent-encoded as received. */
  readonly uri: string;
  /** Everything after the first `?`. */
  readonly querystring: string;
  readonly headers: Headers;
  readonly clientIp: string;
  /**
   * Returns a signal that is aborted when the viewer hangs up. Hits never need one.
   *
   * @default - the viewer waits
   */
  readonly hangUp?: () => AbortSignal;
}

/** A complete response. A body in memory may be sent to several viewers, a stream to one. */
export interface EdgeResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: Headers;
  readonly body: Body;
}

/** The response that is sent to the viewer. */
export interface ViewerResponse extends EdgeResponse {
  /** Length of the body that a GET would return; undefined if unknown. */
  readonly contentLength: number | undefined;
}

/** Answers viewers: a whole distribution, or one of its behaviours. */
export type RequestHandler = (request: ViewerRequest) => Promise<ViewerResponse>;

/** The reason phrase of a status, as S3 and CloudFront send it. */
export function statusDescription(status: number): string {
  return STATUS_CODES[status] ?? '';
}
