import { STATUS_CODES } from 'node:http';
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
}

/** A complete response, as it is cached. */
export interface EdgeResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: Headers;
  readonly body: Buffer;
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
