import fresh from 'fresh';
import { announcedLength } from './body';
import { parseByteRanges } from './byte-ranges';
import { type Headers, oncePerHeaders, pickHeaders, withoutHeaders } from './headers';
import { type EdgeResponse, statusDescription, type ViewerResponse } from './http-types';

/** These describe the origin's connection; the viewer's has its own. */
const FRAMING: readonly string[] = ['content-length', 'transfer-encoding'];
/** The headers that a 304 repeats. https://www.rfc-editor.org/rfc/rfc9110#name-304-not-modified */
const NOT_MODIFIED: readonly string[] = [
  'cache-control',
  'date',
  'etag',
  'expires',
  'last-modified',
  'vary',
  'server',
];

const withoutFraming = oncePerHeaders((headers) => withoutHeaders(headers, FRAMING));

/**
 * Derives the viewer's response from a complete one: 304 if the viewer's copy is current, 206 for a Range,
 * no body for HEAD.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RangeGETs.html
 */
export function createViewerResponse(
  request: { readonly method: string; readonly headers: Headers },
  response: EdgeResponse,
): ViewerResponse {
  const complete = { ...response, headers: withoutFraming(response.headers) };
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && response.status === 200) {
    if (isNotModified(request.headers, response.headers)) return notModified(complete);
    if (request.method === 'GET')
      return partial(request.headers, complete) ?? full(complete, response.headers);
  }
  if (request.method !== 'HEAD') return full(complete, response.headers);
  // The origin's answer to a HEAD states the length but has no body.
  const held = Buffer.isBuffer(response.body) ? response.body.length : 0;
  return { ...complete, body: NO_BODY, contentLength: held || announcedLength(response.headers) };
}

const NO_BODY = Buffer.alloc(0);

/** @param received the headers that came with the body: only they know the length of a stream */
function full(response: EdgeResponse, received: Headers): ViewerResponse {
  const { status, body } = response;
  if (status === 204 || status === 304) return { ...response, contentLength: undefined };
  return { ...response, contentLength: Buffer.isBuffer(body) ? body.length : announcedLength(received) };
}

/** CloudFront ignores `Cache-Control` in requests, so only the conditional headers are compared. */
function isNotModified(request: Headers, response: Headers): boolean {
  if (!('if-none-match' in request || 'if-modified-since' in request)) return false;
  return fresh(pickHeaders(request, ['if-none-match', 'if-modified-since']), response);
}

function notModified(response: EdgeResponse): ViewerResponse {
  return {
    status: 304,
    statusDescription: statusDescription(304),
    headers: pickHeaders(response.headers, NOT_MODIFIED),
    body: NO_BODY,
    contentLength: undefined,
  };
}

function partial(request: Headers, response: EdgeResponse): ViewerResponse | undefined {
  const { range } = request;
  const { body } = response;
  // S3 has cut a stream already, where that was possible.
  if (!Buffer.isBuffer(body)) return undefined;
  if (range === undefined || !ifRangeHolds(request['if-range'], response.headers)) return undefined;
  const size = body.length;
  const ranges = parseByteRanges(size, range);
  if (ranges === 'ignored') return undefined;
  if (ranges === 'unsatisfiable') {
    return {
      status: 416,
      statusDescription: statusDescription(416),
      headers: { ...pickHeaders(response.headers, NOT_MODIFIED), 'content-range': `bytes */${size}` },
      body: NO_BODY,
      contentLength: 0,
    };
  }
  const [part] = ranges;
  if (ranges.length !== 1 || !part) return undefined;
  return {
    status: 206,
    statusDescription: statusDescription(206),
    headers: { ...response.headers, 'content-range': `bytes ${part.start}-${part.end}/${size}` },
    body: body.subarray(part.start, part.end + 1),
    contentLength: part.end + 1 - part.start,
  };
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-if-range */
export function ifRangeHolds(condition: string | undefined, response: Headers): boolean {
  return condition === undefined || condition === response.etag || condition === response['last-modified'];
}
