import type { CloudFrontHeaders, CloudFrontResultResponse } from 'aws-lambda';
import { type BadInput, describeBadInput } from '../params/parse';
import type { Settings } from '../settings';
import type { OutputFormat } from './encoding';
import type { EncodedImage } from './fit';
import { outputSize } from './geometry';
import { REASONS, type Reason } from './reason';

/** What became of a request. */
export type Outcome =
  /** S3's own answer. */
  | { readonly kind: 'untouched' }
  /** S3 said 304: the variant that CloudFront has is still right. */
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'rendered'; readonly image: EncodedImage }
  /** The original is what the variant would be, and smaller. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'fallback'; readonly reason: Reason; readonly detail: string }
  | { readonly kind: 'head'; readonly format: OutputFormat | undefined }
  | { readonly kind: 'bad'; readonly bad: BadInput }
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

/** CloudFront caches a 400 only where it has a `max-age`; without, each would run the function. */
const BAD_INPUT_TTL = 60;

/** Longer than a deploy takes to reach the next location, in seconds. */
const OTHER_VERSION_TTL = 60;

/** How long an answer that is right may be kept. */
export interface Caching {
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
 *
 * @param caching of an answer that is right
 */
export function respond(
  response: CloudFrontResultResponse,
  outcome: Outcome,
  caching: Caching,
): CloudFrontResultResponse {
  response.headers ??= {};
  const headers = response.headers;
  switch (outcome.kind) {
    case 'untouched':
      return response;
    case 'not-modified':
      cache(headers, caching);
      return response;
    case 'kept':
      cache(headers, caching);
      set(headers, 'crop-status', 'original;reason=smaller');
      return response;
    case 'rendered':
      return respondWithImage(response, headers, outcome.image, caching);
    case 'fallback':
      dropValidators(headers);
      remove(headers, 'expires');
      set(
        headers,
        'cache-control',
        REASONS[outcome.reason] === 'lasting' ? `public, max-age=${LASTING_FALLBACK_TTL}` : 'no-store',
      );
      set(headers, 'crop-status', `original;reason=${outcome.reason}`);
      return response;
    case 'head':
      dropBodyHeaders(headers);
      remove(headers, 'content-type', 'expires');
      if (outcome.format !== undefined) set(headers, 'content-type', `image/${outcome.format}`);
      set(headers, 'cache-control', 'no-store');
      set(headers, 'crop-status', 'head');
      return response;
    case 'bad':
      respondWithText(response, headers, '400', 'Bad Request', describeBadInput(outcome.bad));
      set(headers, 'cache-control', `max-age=${BAD_INPUT_TTL}`);
      set(headers, 'crop-status', `bad;parameter=${outcome.bad.parameter}`);
      return response;
    case 'listing':
      respondWithText(response, headers, '404', 'Not Found', 'not found\n');
      return response;
  }
}

function respondWithImage(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  image: EncodedImage,
  caching: Caching,
): CloudFrontResultResponse {
  const { width, height } = outputSize(image.plan);
  const { format } = image.plan.encoding;
  // A 206 is answered whole: the range was one of the original's bytes.
  response.status = '200';
  response.statusDescription = 'OK';
  response.body = image.bytes.toString('base64');
  response.bodyEncoding = 'base64';
  dropBodyHeaders(headers);
  // ETag and Last-Modified stay S3's: when the entry expires, CloudFront asks S3 with them, and a 304
  // costs no render.
  cache(headers, caching);
  set(headers, 'content-type', `image/${format}`);
  set(
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
  dropBodyHeaders(headers);
  dropValidators(headers);
  remove(headers, 'cache-control', 'expires', 'content-disposition', 'content-language');
  set(headers, 'content-type', 'text/plain; charset=utf-8');
}

/** The object's own Cache-Control or Expires, else the deployer's. */
function cache(headers: CloudFrontHeaders, { ttl, isOtherVersion }: Caching): void {
  if (isOtherVersion) {
    // Under this key belongs what the other version draws; it is asked again in a minute.
    dropValidators(headers);
    remove(headers, 'expires');
    set(headers, 'cache-control', `public, max-age=${OTHER_VERSION_TTL}`);
  } else if (headers['cache-control'] === undefined && headers.expires === undefined) {
    set(headers, 'cache-control', `public, max-age=${ttl}`);
  }
}

/** With them a 304 would one day extend the life of what is not the variant. */
function dropValidators(headers: CloudFrontHeaders): void {
  remove(headers, 'etag', 'last-modified');
}

/** What described S3's body and does not describe ours. */
function dropBodyHeaders(headers: CloudFrontHeaders): void {
  remove(headers, 'content-length', 'content-range', 'content-encoding', 'accept-ranges');
}

function set(headers: CloudFrontHeaders, name: string, value: string): void {
  headers[name] = [{ key: name, value }];
}

function remove(headers: CloudFrontHeaders, ...names: readonly string[]): void {
  for (const name of names) delete headers[name];
}

function headerBytes(headers: CloudFrontHeaders): number {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map(({ key, value }) => Buffer.byteLength(`${key ?? name}: ${value}\r\n`)),
  );
  return lines.reduce((sum, bytes) => sum + bytes, 0);
}
