import type { CloudFrontHeaders, CloudFrontResultResponse } from 'aws-lambda';
import { type BadInput, describeBadInput, TYPE_REQUIRED } from '../../contract/bad-input';
import type { Settings } from '../../contract/settings';
import { REASONS, type Reason } from '../failure/reason';
import type { OutputFormat } from '../plan/encoding-settings';
import { outputSize } from '../plan/geometry';
import type { RenderPlan } from '../plan/render-plan';
import type { EncodedImage } from '../render/fit';
import { headerBytes, removeBodyHeaders, removeHeaders, removeValidators, setHeader } from './headers';

/** What a render took. */
export interface Work {
  /** Milliseconds until the original was there. */
  readonly fetch: number;
  /** Milliseconds from there to the variant, all attempts. */
  readonly render: number;
  /** Bytes of the original. */
  readonly sourceBytes: number;
}

/** What became of a request. */
export type Outcome =
  /** S3's own answer. */
  | { readonly kind: 'untouched' }
  /** S3 said 304: the variant that CloudFront has is still right. */
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'rendered'; readonly image: EncodedImage; readonly work: Work }
  /** The original is what the variant would be, and smaller. */
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'fallback';
      readonly reason: Reason;
      /** For the log. */
      readonly detail: string;
      readonly plan?: RenderPlan;
    }
  | { readonly kind: 'head'; readonly format: OutputFormat | undefined }
  | { readonly kind: 'bad'; readonly bad: BadInput }
  /** The query names no type, and the settings give no originals away. */
  | { readonly kind: 'denied' }
  /** S3's answer to `/` would list the bucket. */
  | { readonly kind: 'listing' };

/**
 * CloudFront refuses a longer answer, headers included, with a 502.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
 */
const MAX_RESPONSE_BYTES = 1_048_576;

/** For the headers of the variant that are not there yet, and for how CloudFront may count. */
const HEADER_RESERVE_BYTES = 1_024;

/** How long a fallback that would end the same way again is cached, in seconds. */
const LASTING_FALLBACK_TTL = 3_600;

const STATUS_DESCRIPTIONS = {
  '415': 'Unsupported Media Type',
  '502': 'Bad Gateway',
  '504': 'Gateway Timeout',
} as const;

/**
 * CloudFront caches a 400, a 403 and a 415 only where they have a `max-age`; without, each would run the function.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const BAD_INPUT_TTL = 60;

/** Longer than a deploy takes to reach the next location, in seconds. */
const OTHER_VERSION_TTL = 60;

/** How answers are to be made. */
export interface RespondOptions {
  readonly onFailure: Settings['onFailure'];
  /** Seconds in caches for an object without a Cache-Control. */
  readonly ttl: number;
  /** The cache key names the pixels of another version of this function: a deploy is under way. */
  readonly isOtherVersion: boolean;
}

/** The largest picture that still fits beside these headers, in bytes. */
export function maxImageBytes(headers: CloudFrontHeaders, bodyLength: Settings['bodyLength']): number {
  const body = MAX_RESPONSE_BYTES - HEADER_RESERVE_BYTES - headerBytes(headers);
  return bodyLength === 'decoded' ? body : Math.floor(body / 4) * 3;
}

/**
 * Turns S3's answer into ours. The object that was received is changed in place and returned: a new one
 * would lack the read-only headers, and CloudFront would answer 502.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html#function-restrictions-read-only-headers
 */
export function respond(
  response: CloudFrontResultResponse,
  outcome: Outcome,
  options: RespondOptions,
): CloudFrontResultResponse {
  response.headers ??= {};
  const headers = response.headers;
  switch (outcome.kind) {
    case 'untouched':
      return response;
    case 'not-modified':
      cache(headers, options);
      return response;
    case 'kept':
      cache(headers, options);
      setHeader(headers, 'crop-status', 'original;reason=smaller');
      return response;
    case 'rendered':
      return respondWithImage(response, headers, outcome.image, outcome.work, options);
    case 'fallback':
      return options.onFailure === 'error'
        ? respondWithError(response, headers, outcome.reason)
        : respondWithOriginal(response, headers, outcome.reason);
    case 'head':
      removeBodyHeaders(headers);
      removeHeaders(headers, 'content-type', 'expires');
      if (outcome.format !== undefined) setHeader(headers, 'content-type', `image/${outcome.format}`);
      setHeader(headers, 'cache-control', 'no-store');
      setHeader(headers, 'crop-status', 'head');
      return response;
    case 'bad':
      respondWithText(response, headers, '400', 'Bad Request', describeBadInput(outcome.bad));
      setHeader(headers, 'cache-control', `max-age=${BAD_INPUT_TTL}`);
      setHeader(headers, 'crop-status', `bad;parameter=${outcome.bad.parameter}`);
      return response;
    case 'denied':
      respondWithText(response, headers, '403', 'Forbidden', TYPE_REQUIRED);
      setHeader(headers, 'cache-control', `max-age=${BAD_INPUT_TTL}`);
      setHeader(headers, 'crop-status', 'denied');
      return response;
    case 'listing':
      respondWithText(response, headers, '404', 'Not Found', 'not found\n');
      return response;
  }
}

function respondWithOriginal(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  reason: Reason,
): CloudFrontResultResponse {
  const isLasting = REASONS[reason].outlook === 'lasting';
  removeValidators(headers);
  removeHeaders(headers, 'expires');
  setHeader(headers, 'cache-control', isLasting ? `public, max-age=${LASTING_FALLBACK_TTL}` : 'no-store');
  setHeader(headers, 'crop-status', `original;reason=${reason}`);
  return response;
}

function respondWithError(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  reason: Reason,
): CloudFrontResultResponse {
  const { status, text, outlook } = REASONS[reason];
  respondWithText(response, headers, status, STATUS_DESCRIPTIONS[status], `${reason}: ${text}\n`);
  // What is passing CloudFront keeps for its own ten seconds, whatever is said here.
  setHeader(headers, 'cache-control', outlook === 'lasting' ? `max-age=${BAD_INPUT_TTL}` : 'no-store');
  setHeader(headers, 'crop-status', `error;reason=${reason}`);
  return response;
}

function respondWithImage(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  image: EncodedImage,
  work: Work,
  options: RespondOptions,
): CloudFrontResultResponse {
  const { width, height } = outputSize(image.plan);
  const { format } = image.plan.encoding;
  // A 206 is answered whole: the range was one of the original's bytes.
  response.status = '200';
  response.statusDescription = 'OK';
  response.body = image.bytes.toString('base64');
  response.bodyEncoding = 'base64';
  removeBodyHeaders(headers);
  // ETag and Last-Modified stay S3's: when the entry expires, CloudFront asks S3 with them, and a 304
  // costs no render.
  cache(headers, options);
  setHeader(headers, 'content-type', `image/${format}`);
  // On a miss alone: CloudFront drops an origin's timing from a hit.
  setHeader(
    headers,
    'server-timing',
    `fetch;dur=${work.fetch.toFixed()}, render;dur=${work.render.toFixed()}`,
  );
  setHeader(
    headers,
    'crop-status',
    `rendered;size=${width}x${height};bytes=${image.bytes.length};attempts=${image.attempts}`,
  );
  return response;
}

function respondWithText(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  status: string,
  statusDescription: string,
  text: string,
): void {
  response.status = status;
  response.statusDescription = statusDescription;
  response.body = text;
  response.bodyEncoding = 'text';
  removeBodyHeaders(headers);
  removeValidators(headers);
  removeHeaders(headers, 'cache-control', 'expires', 'content-disposition', 'content-language');
  setHeader(headers, 'content-type', 'text/plain; charset=utf-8');
}

/** The object's own Cache-Control or Expires, else the deployer's. */
function cache(headers: CloudFrontHeaders, { ttl, isOtherVersion }: RespondOptions): void {
  if (isOtherVersion) {
    // Under this key belongs what the other version draws; it is asked again in a minute.
    removeValidators(headers);
    removeHeaders(headers, 'expires');
    setHeader(headers, 'cache-control', `public, max-age=${OTHER_VERSION_TTL}`);
  } else if (headers['cache-control'] === undefined && headers.expires === undefined) {
    setHeader(headers, 'cache-control', `public, max-age=${ttl}`);
  }
}
