import { type ByteRange, parseByteRanges } from '../http/byte-ranges';
import { type Headers, withoutHeaders } from '../http/headers';
import type { StoredObject } from './folder-store';

/** The response to a GET or HEAD of an object. */
export interface S3Read {
  readonly status: number;
  readonly headers: Headers;
  /** The bytes of the object to send, inclusive; undefined for no body. */
  readonly bytes: ByteRange | undefined;
  /** S3's error code and message; undefined for a success. */
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Answers a read by S3's rules for conditions and ranges.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 *
 * @param request the request's headers
 */
export function readObject(request: Headers, object: StoredObject): S3Read {
  const { size, etag, lastModified, metadata } = object;
  const headers = { ...metadata, etag, 'last-modified': lastModified, 'accept-ranges': 'bytes' };

  const ifMatch = request['if-match'];
  if (ifMatch !== undefined && !listsEtag(ifMatch, etag)) {
    const message = 'At least one of the pre-conditions you specified did not hold';
    return { status: 412, headers: {}, bytes: undefined, error: { code: 'PreconditionFailed', message } };
  }
  if (isNotModified(request, object)) {
    return { status: 304, headers: withoutHeaders(headers, ['content-type']), bytes: undefined };
  }

  const ranges = request.range === undefined ? 'ignored' : parseByteRanges(size, request.range);
  if (ranges === 'unsatisfiable') {
    const message = 'The requested range is not satisfiable';
    const unsatisfied = { 'content-range': `bytes */${size}` };
    return { status: 416, headers: unsatisfied, bytes: undefined, error: { code: 'InvalidRange', message } };
  }
  // S3 ignores invalid ranges and answers several with the whole object.
  const range = ranges !== 'ignored' && ranges.length === 1 ? ranges[0] : undefined;
  if (!range) {
    const bytes = size === 0 ? undefined : { start: 0, end: size - 1 };
    return { status: 200, headers: { ...headers, 'content-length': String(size) }, bytes };
  }
  const { start, end } = range;
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(end - start + 1),
      'content-range': `bytes ${start}-${end}/${size}`,
    },
    bytes: { start, end },
  };
}

/** ETags take precedence over dates: https://www.rfc-editor.org/rfc/rfc9110#name-precedence-of-preconditions */
function isNotModified(request: Headers, { etag, lastModified }: StoredObject): boolean {
  const { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } = request;
  if (ifNoneMatch !== undefined) return listsEtag(ifNoneMatch, etag);
  return ifModifiedSince !== undefined && Date.parse(lastModified) <= Date.parse(ifModifiedSince);
}

/** S3 also accepts weak and unquoted ETags. */
function listsEtag(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((item) => item.trim().replace(/^W\//, ''))
    .some((item) => item === '*' || item === etag || `"${item}"` === etag);
}
