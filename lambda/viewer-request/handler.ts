import { type BadInput, describeBadInput, TYPE_REQUIRED } from '../contract/bad-input';
import { cacheQuery } from '../contract/cache-query';
import { parse } from '../contract/parse';
import { normalisePath } from '../contract/path';
import { answer } from './answer';
import type { FunctionRequest, FunctionResponse } from './event';
import { queryPairs } from './query-pairs';
import type { ViewerRequestSettings } from './settings';

/**
 * Headers that are removed from a request for a crop. A range or a condition is about the variant's bytes, but S3 would
 * apply it to the original's.
 */
const VARIANT_ONLY_HEADERS = [
  'range',
  'if-range',
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
];

/** For browsers: CloudFront does not cache the response of a function. */
const CACHE_CONTROL = 'max-age=60';

/**
 * Normalises a request, so that every spelling of a crop has one cache entry, and refuses bad input before it reaches
 * the cache, the Lambda or S3. The request is changed in place.
 *
 * @returns the request to continue with, or the response
 */
export function viewerRequest(
  request: FunctionRequest,
  settings: ViewerRequestSettings,
): FunctionRequest | FunctionResponse {
  if (request.uri === '/') return answer(404, 'Not Found', 'not found\n', CACHE_CONTROL);
  const parsed = parse(queryPairs(request), settings.types, false);
  if (parsed.kind === 'bad') return refuse(parsed.bad);
  if (parsed.kind === 'original' && settings.originals === 'deny') {
    return answer(403, 'Forbidden', TYPE_REQUIRED, CACHE_CONTROL);
  }
  const path = normalisePath(request.uri);
  if (path === undefined) {
    return refuse({ parameter: 'path', value: request.uri, allowed: 'UTF-8, percent-encoded, without %2F' });
  }
  if (parsed.kind === 'original') {
    request.uri = path;
    request.querystring = '';
    return request;
  }
  const accept = request.headers.accept;
  request.uri = path;
  request.querystring = cacheQuery(parsed.request, accept === undefined ? '' : accept.value, settings);
  for (let i = 0; i < VARIANT_ONLY_HEADERS.length; i++)
    delete request.headers[VARIANT_ONLY_HEADERS[i] as string];
  return request;
}

function refuse(bad: BadInput): FunctionResponse {
  return answer(400, 'Bad Request', describeBadInput(bad), CACHE_CONTROL);
}
