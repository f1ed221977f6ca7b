import { type Headers, withoutHeaders } from '../http/headers';
import type { EdgeResponse } from '../http/http-types';
import type { StoredResponse } from './response-cache';

/** Headers that describe the stored body, which a 304 does not replace. */
const DESCRIBE_BODY: readonly string[] = [
  'content-length',
  'content-type',
  'content-encoding',
  'content-range',
  'transfer-encoding',
];

/**
 * Creates the request headers that revalidate a stored response.
 *
 * @returns undefined if the response has no validators
 */
export function conditionalHeaders(headers: Headers): Headers | undefined {
  const { etag, 'last-modified': lastModified } = headers;
  if (etag === undefined && lastModified === undefined) return undefined;
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** Updates a stored response with the headers of a 304: https://www.rfc-editor.org/rfc/rfc9111#name-freshening-stored-responses */
export function mergeNotModified(stored: StoredResponse, notModified: Headers): EdgeResponse {
  const { status, statusDescription, headers, body } = stored;
  return {
    status,
    statusDescription,
    headers: { ...headers, ...withoutHeaders(notModified, DESCRIBE_BODY) },
    body,
  };
}
