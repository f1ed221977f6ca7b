import { type EdgeResponse, type Headers, withoutHeaders } from '../http/http-types';
import type { StoredResponse } from './response-cache';

/** What a 304 does not know better than the response it confirms. */
const NOT_REFRESHED: readonly string[] = [
  'content-length',
  'content-type',
  'content-encoding',
  'content-range',
  'transfer-encoding',
];

/** Undefined where the origin cannot be asked whether it is still the same. */
export function validators(headers: Headers): Headers | undefined {
  const { etag, 'last-modified': lastModified } = headers;
  if (etag === undefined && lastModified === undefined) return undefined;
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** https://www.rfc-editor.org/rfc/rfc9111#name-freshening-stored-responses */
export function refreshed(stored: StoredResponse, confirmation: Headers): EdgeResponse {
  const { status, statusDescription, headers, body } = stored;
  return {
    status,
    statusDescription,
    headers: { ...headers, ...withoutHeaders(confirmation, NOT_REFRESHED) },
    body,
  };
}
