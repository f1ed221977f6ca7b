import { cacheQuery } from '../params/cache-query';
import { type BadInput, describeBadInput, parse } from '../params/parse';
import { normalisePath } from '../params/path';
import type { QueryPair } from '../params/query';
import type { Settings } from '../settings';
import type { FunctionQuery, FunctionRequest, FunctionResponse } from './event';

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
  if (request.uri === '/') return answer(404, 'Not Found', 'not found\n');
  const query = typeof request.querystring === 'string' ? [] : pairsOf(request.querystring);
  const parsed = parse(query, Object.keys(settings.types), false);
  if (parsed.kind === 'bad') return refuse(parsed.bad);
  const path = normalisePath(request.uri);
  if (parsed.kind === 'original') {
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

/** The query of the event: a value by name, and all of them where a name came more than once. */
function pairsOf(query: FunctionQuery): readonly QueryPair[] {
  const pairs: QueryPair[] = [];
  const names = Object.keys(query);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const entry = query[name] as FunctionQuery[string];
    const values = entry.multiValue === undefined ? [entry] : entry.multiValue;
    for (let j = 0; j < values.length; j++)
      pairs.push({ name, value: (values[j] as { value: string }).value });
  }
  return pairs;
}

function refuse(bad: BadInput): FunctionResponse {
  return answer(400, 'Bad Request', describeBadInput(bad));
}

function answer(statusCode: number, statusDescription: string, text: string): FunctionResponse {
  return {
    statusCode,
    statusDescription,
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: 'max-age=60' },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: { encoding: 'text', data: text },
  };
}
