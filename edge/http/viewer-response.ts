import fresh from 'fresh';
import parseRange from 'range-parser';
import {
  type EdgeResponse,
  type Headers,
  pickHeaders,
  statusDescription,
  withoutHeaders,
} from './http-types';

/** What the viewer receives. */
export interface ViewerResponse extends EdgeResponse {
  /** Of the body that a HEAD would have; undefined where it is not known. */
  readonly contentLength: number | undefined;
}

/** The length is counted anew, and how the body travels is the next connection's affair. */
const FRAMING: readonly string[] = ['content-length', 'transfer-encoding'];
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
 * Makes the viewer's answer of a whole response: 304 where the viewer has it already, the part that a Range
 * asks for, no body for HEAD.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RangeGETs.html
 */
export function createViewerResponse(
  request: { readonly method: string; readonly headers: Headers },
  response: EdgeResponse,
): ViewerResponse {
  const whole = { ...response, headers: withoutHeaders(response.headers, FRAMING) };
  const readable = request.method === 'GET' || request.method === 'HEAD';
  if (readable && response.status === 200) {
    if (isNotModified(request.headers, response.headers)) return notModified(whole);
    if (request.method === 'GET') return ranged(request.headers, whole) ?? full(whole);
  }
  if (request.method !== 'HEAD') return full(whole);
  // A HEAD that went to the origin has a length but no body to count.
  const stated = response.body.length || Number(response.headers['content-length'] ?? Number.NaN);
  return { ...whole, body: NO_BODY, contentLength: Number.isNaN(stated) ? undefined : stated };
}

const NO_BODY = Buffer.alloc(0);

function full(response: EdgeResponse): ViewerResponse {
  const bodiless = response.status === 204 || response.status === 304;
  return { ...response, contentLength: bodiless ? undefined : response.body.length };
}

/** CloudFront does not heed `Cache-Control` in a request, so only the conditionals are compared. */
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

function ranged(request: Headers, response: EdgeResponse): ViewerResponse | undefined {
  const { range } = request;
  if (range === undefined || !appliesTo(request['if-range'], response.headers)) return undefined;
  const size = response.body.length;
  const ranges = parseRange(size, range, { combine: true });
  if (ranges === -2) return undefined;
  if (ranges === -1) {
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
function appliesTo(condition: string | undefined, response: Headers): boolean {
  return condition === undefined || condition === response.etag || condition === response['last-modified'];
}
