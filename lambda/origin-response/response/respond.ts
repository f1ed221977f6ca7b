import type { CloudFrontHeaders, CloudFrontResultResponse } from 'aws-lambda';
import { describeBadInput, TYPE_REQUIRED } from '../../contract/bad-input';
import type { FunctionSettings } from '../../contract/settings';
import { REASONS, type Reason } from '../failure/reason';
import type { OutputFormat } from '../plan/encoding-types';
import { outputSize } from '../plan/geometry/geometry';
import type { EncodedImage } from '../render/fit';
import type { SourceFormat } from '../source/source-image';
import { attachment } from './attachment';
import { cacheFallback, cacheMissing, cacheRefusal, cacheVariant, type VariantCaching } from './caching';
import { isUntyped, renameAttachment } from './file-type-headers';
import { removeBodyHeaders, removeHeaders, setHeader } from './headers';
import type { Outcome, Work } from './outcome';
import { JSON_TYPE, respondWithJson, respondWithText } from './text-response';

const UNCHECKED = 'unchecked: the signature could not be checked\n';

export interface RespondOptions extends VariantCaching {
  readonly onFailure: FunctionSettings['onFailure'];
  /**
   * The key of an object that browsers are to save.
   *
   * @default - they show it
   */
  readonly savedKey?: string | undefined;
}

/**
 * Turns S3's response into ours. The received object is changed in place and returned: a new one would lack the
 * read-only headers, and CloudFront would answer 502.
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
    case 'pass-through':
      // The other version may know the type, and what it renders belongs under this key.
      if (options.isVersionMismatch && response.status.startsWith('2')) cacheVariant(headers, options);
      break;
    case 'not-modified':
      cacheVariant(headers, options);
      break;
    case 'original-is-smaller':
      cacheVariant(headers, options);
      setHeader(headers, 'content-type', `image/${outcome.format}`);
      setHeader(headers, 'crop-status', 'original;reason=smaller');
      saveOriginal(headers, options);
      break;
    case 'not-cropped':
      setHeader(headers, 'crop-status', `original;reason=${outcome.reason};type=${outcome.type}`);
      saveOriginal(headers, options);
      break;
    case 'rendered':
      respondWithImage(response, headers, outcome.image, outcome.work, 'rendered');
      if (options.savedKey !== undefined) {
        const { format } = outcome.image.plan.encoding;
        setHeader(headers, 'content-disposition', attachment(options.savedKey, format));
      }
      cacheVariant(headers, options);
      break;
    case 'described':
      respondWithJson(response, headers, '200', outcome.description);
      cacheVariant(headers, options);
      setHeader(
        headers,
        'crop-status',
        `described;size=${outcome.description.width}x${outcome.description.height}`,
      );
      break;
    case 'missing':
      respondWithImage(response, headers, outcome.image, outcome.work, 'missing');
      response.status = String(outcome.status);
      response.statusDescription = outcome.status === 404 ? 'Not Found' : 'OK';
      cacheMissing(headers);
      break;
    case 'not-found':
      break;
    case 'fallback':
      if (outcome.isJson || options.onFailure === 'error')
        respondWithError(response, headers, outcome.reason, outcome.isJson);
      else {
        respondWithOriginal(headers, outcome.reason, outcome.format);
        saveOriginal(headers, options);
      }
      break;
    case 'head':
      removeBodyHeaders(headers);
      removeHeaders(headers, 'content-type', 'expires');
      if (outcome.format !== undefined) setHeader(headers, 'content-type', contentType(outcome.format));
      setHeader(headers, 'cache-control', 'no-store');
      setHeader(headers, 'crop-status', 'head');
      break;
    case 'bad':
      respondWithText(response, headers, '400', describeBadInput(outcome.bad));
      cacheRefusal(headers);
      setHeader(headers, 'crop-status', `bad;parameter=${outcome.bad.parameter}`);
      break;
    case 'denied':
      respondWithText(response, headers, '403', TYPE_REQUIRED);
      cacheRefusal(headers);
      setHeader(headers, 'crop-status', 'denied');
      break;
    case 'unchecked':
      respondWithText(response, headers, '403', UNCHECKED);
      // A signed URL may come under the same key.
      setHeader(headers, 'cache-control', 'no-store');
      setHeader(headers, 'crop-status', 'unchecked');
      break;
    case 'bucket-listing':
      respondWithText(response, headers, '404', 'not found\n');
      break;
  }
  return response;
}

function saveOriginal(headers: CloudFrontHeaders, { savedKey }: RespondOptions): void {
  if (savedKey !== undefined) setHeader(headers, 'content-disposition', attachment(savedKey));
}

/** ETag and Last-Modified stay S3's: when the entry expires, CloudFront asks S3 with them, and a 304 costs no render. */
function respondWithImage(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  image: EncodedImage,
  work: Work,
  status: 'rendered' | 'missing',
): void {
  const { width, height } = outputSize(image.plan);
  const { format } = image.plan.encoding;
  // Where S3 said 206, the range was one of the original's bytes; the variant is answered whole.
  response.status = '200';
  response.statusDescription = 'OK';
  response.body = image.bytes.toString('base64');
  response.bodyEncoding = 'base64';
  removeBodyHeaders(headers);
  setHeader(headers, 'content-type', `image/${format}`);
  renameAttachment(headers, format);
  // Viewers see it on a miss only: CloudFront drops an origin's timing from a hit.
  setHeader(
    headers,
    'server-timing',
    `fetch;dur=${work.fetch.toFixed()}, render;dur=${work.render.toFixed()}`,
  );
  setHeader(
    headers,
    'crop-status',
    `${status};size=${width}x${height};bytes=${image.bytes.length};attempts=${image.attempts}`,
  );
}

function respondWithOriginal(
  headers: CloudFrontHeaders,
  reason: Reason,
  format: SourceFormat | undefined,
): void {
  cacheFallback(headers, REASONS[reason].outlook === 'permanent');
  if (format !== undefined && isUntyped(headers)) setHeader(headers, 'content-type', `image/${format}`);
  setHeader(headers, 'crop-status', `original;reason=${reason}`);
}

function respondWithError(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  reason: Reason,
  isJson = false,
): void {
  const { status, text, outlook } = REASONS[reason];
  respondWithText(response, headers, status, `${reason}: ${text}\n`);
  if (isJson) respondWithJson(response, headers, status, { reason, message: text });
  if (outlook === 'permanent') cacheRefusal(headers);
  // CloudFront keeps a 502 or 504 for its own ten seconds, whatever is said here.
  else setHeader(headers, 'cache-control', 'no-store');
  setHeader(headers, 'crop-status', `error;reason=${reason}`);
}

function contentType(format: OutputFormat | 'json'): string {
  return format === 'json' ? JSON_TYPE : `image/${format}`;
}
