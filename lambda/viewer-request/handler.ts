import { TYPE_REQUIRED } from '../contract/bad-input';
import { cacheQuery } from '../contract/cache-query';
import { parse } from '../contract/parse';
import { allow, answer, CACHE_CONTROL, refuse } from './answer';
import type { FunctionRequest, FunctionResponse } from './event';
import type { Asked } from './read-request';
import type { ViewerRequestSettings } from './settings';

/**
 * Headers that are removed from a request for a crop. A range or a condition is about the variant's bytes, but S3 would
 * apply it to the original's.
 */
const VARIANT_ONLY_HEADERS = 'range if-range if-none-match if-modified-since if-match if-unmodified-since';

/**
 * Normalises a request, so that every spelling of a crop has one cache entry, and refuses bad input before it reaches
 * the cache, the Lambda or S3. The request is changed in place.
 *
 * @param request without its query, which is in `asked`
 * @returns the request to continue with, or the response
 */
export function viewerRequest(
  request: FunctionRequest,
  asked: Asked,
  settings: ViewerRequestSettings,
): FunctionRequest | FunctionResponse {
  if (request.method === 'OPTIONS') return allow();
  if (request.uri === '/') return answer(404, 'not found\n', CACHE_CONTROL);
  const parsed = parse(asked.query, settings.types, false);
  if (parsed.kind === 'bad') return refuse(parsed.bad);
  if (parsed.kind === 'original' && settings.originals === 'deny') {
    return answer(403, TYPE_REQUIRED, CACHE_CONTROL);
  }
  const path = asked.path;
  if (path === undefined) {
    return refuse({ parameter: 'path', value: request.uri, allowed: 'UTF-8, percent-encoded, without %2F' });
  }
  if (parsed.kind === 'original') {
    request.uri = path;
    return request;
  }
  const headers = request.headers;
  const accept = headers.accept;
  request.uri = path;
  request.querystring = cacheQuery(parsed.request, accept === undefined ? '' : accept.value, settings);
  const dropped = VARIANT_ONLY_HEADERS.split(' ');
  for (let i = 0; i < dropped.length; i++) delete headers[dropped[i] as string];
  return request;
}
