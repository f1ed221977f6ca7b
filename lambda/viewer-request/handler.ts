import { type BadInput, describeBadInput, TYPE_REQUIRED } from '../contract/bad-input';
import { cacheQuery } from '../contract/cache-query';
import { parse } from '../contract/parse';
import { normalisePath } from '../contract/path';
import type { Settings } from '../contract/settings';
import { answer } from './answer';
import type { FunctionRequest, FunctionResponse } from './event';
import { queryPairs } from './query-pairs';

/**
 * What would make an answer depend on more than the cache key. A range or a condition is about the bytes
 * that the viewer has seen; S3 would hold it against the original's.
 */
const NOT_FOR_S3 = [
  'range',
  'if-range',
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
];

/** For browsers: CloudFront keeps no answer of a function. */
const CACHE_CONTROL = 'max-age=60';

/**
 * Gives every spelling of a crop one cache entry, and refuses what cannot be one, before cache, Lambda and
 * S3. The request is changed in place.
 *
 * @returns the request, to go on with, or the answer
 */
export function viewerRequest(
  request: FunctionRequest,
  settings: Settings,
): FunctionRequest | FunctionResponse {
  if (request.uri === '/') return answer(404, 'Not Found', 'not found\n', CACHE_CONTROL);
  const parsed = parse(queryPairs(request), settings.types, false);
  if (parsed.kind === 'bad') return refuse(parsed.bad);
  const path = normalisePath(request.uri);
  if (parsed.kind === 'original') {
    if (settings.originals === 'deny') return answer(403, 'Forbidden', TYPE_REQUIRED, CACHE_CONTROL);
    // A path that is no UTF-8 is S3's to refuse.
    if (path !== undefined) request.uri = path;
    request.querystring = '';
    return request;
  }
  if (path === undefined) {
    return refuse({ parameter: 'path', value: request.uri, allowed: 'UTF-8, percent-encoded' });
  }
  const accept = request.headers.accept;
  request.uri = path;
  request.querystring = cacheQuery(parsed.request, accept === undefined ? '' : accept.value, settings);
  for (let i = 0; i < NOT_FOR_S3.length; i++) delete request.headers[NOT_FOR_S3[i] as string];
  return request;
}

function refuse(bad: BadInput): FunctionResponse {
  return answer(400, 'Bad Request', describeBadInput(bad), CACHE_CONTROL);
}
