import { STATUS_CODES } from 'node:http';

/** HTTP headers under lower-case names; several fields of one name are joined with a comma. */
export type Headers = Readonly<Record<string, string>>;

/** What a viewer asked for, exactly as it was sent: nothing is decoded, nothing is resolved. */
export interface ViewerRequest {
  readonly method: string;
  /** The path, percent-encoded as it came. */
  readonly uri: string;
  /** What follows the first `?`, without it. */
  readonly querystring: string;
  readonly headers: Headers;
  readonly clientIp: string;
}

/** A whole response, on its way to the viewer or in the cache. */
export interface EdgeResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Where the edge reports what a viewer must not see. */
export type Log = (line: string) => void;

/** The reason phrase of a status, as S3 and CloudFront send it. */
export function statusDescription(status: number): string {
  return STATUS_CODES[status] ?? '';
}

/** The same headers without some of them. */
export function withoutHeaders(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** Only some of the headers, those that are there. */
export function pickHeaders(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}
