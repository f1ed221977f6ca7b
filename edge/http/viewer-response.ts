import fresh from 'fresh';
import parseRange from 'range-parser';
import { type Headers, pickHeaders, withoutHeaders } from './headers';
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

/**
 * Derives the viewer's response from a complete one: 304 if the viewer's copy is current, 206 for a Range,
 * no body for HEAD.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RangeGETs.html
 */
export function createViewerResponse(
  request: { readonly method: string; readonly headers: Headers },
  response: EdgeResponse,
): ViewerResponse {
  const complete = { ...response, headers: withoutHeaders(response.headers, FRAMING) };
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && response.status === 200) {
    if (isNotModified(request.headers, response.headers)) return notModified(complete);
    if (request.method === 'GET') return partial(request.headers, complete) ?? full(complete);
  }
  if (request.method !== 'HEAD') return full(complete);
  // The origin's answer to a HEAD states the length but has no body.
  const stated = response.body.length || Number(response.headers['content-length'] ?? Number.NaN);
  return { ...complete, body: NO_BODY, contentLength: Number.isNaN(stated) ? undefined : stated };
}

const NO_BODY = Buffer.alloc(0);
/** The results of `range-parser` that are not ranges. */
const UNSATISFIABLE = -1;
const MALFORMED = -2;

function full(response: EdgeResponse): ViewerResponse {
  const hasNoBody = response.status === 204 || response.status === 304;
  return { ...response, contentLength: hasNoBody ? undefined : response.body.length };
}

/** CloudFront ignores `Cache-Control` in requests, so only the conditional headers are compared. */
function isNotModified(request: Headers, response: Headers): boolean {
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
  if (range === undefined || !ifRangeHolds(request['if-range'], response.headers)) return undefined;
  const size = response.body.length;
  const ranges = parseRange(size, range, { combine: true });
  if (ranges === MALFORMED) return undefined;
  if (ranges === UNSATISFIABLE) {
    return {
      status: 416,
      statusDescription: statusDescription(416),
      headers: { ...pickHeaders(response.headers, NOT_MODIFIED), 'content-range': `bytes */${size}` },
      body: NO_BODY,
      contentLength: 0,
    };
  }
  const [part] = ranges;
  if (ranges.type !== 'bytes' || ranges.length !== 1 || !part) return undefined;
  return full({
    status: 206,
    statusDescription: statusDescription(206),
    headers: { ...response.headers, 'content-range': `bytes ${part.start}-${part.end}/${size}` },
    body: response.body.subarray(part.start, part.end + 1),
  });
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-if-range */
function ifRangeHolds(condition: string | undefined, response: Headers): boolean {
  return condition === undefined || condition === response.etag || condition === response['last-modified'];
}
