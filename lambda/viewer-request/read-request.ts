import { decode } from '../contract/parameters/value';
import { normalisePath } from '../contract/path';
import type { Query } from '../contract/query';
import { refuse } from './answer';
import type { FunctionQuery, FunctionRequest, FunctionResponse } from './event';
import { isLonger, readFunctionQuery } from './read-query';

/**
 * A slash and the key of an object: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
const MAX_PATH = 1 + 1024;

/** The same with three characters for each byte. */
const MAX_ESCAPED_PATH = 1 + 3 * 1024;

/** Far more than a crop and all that trackers add. */
const MAX_QUERY = 2048;

/** What is asked for. */
export interface Asked {
  /** In its normal form; undefined for a path that is not UTF-8. */
  readonly path: string | undefined;
  readonly query: Query;
  /** As it came. */
  readonly raw: FunctionQuery;
}

/**
 * Takes the query from the request and reads it. All of a query is forwarded, and S3 obeys `response-content-type` and
 * its like, so nothing of the viewer's is left in the request.
 *
 * @returns a refusal of what is so long that it would cost more time than CloudFront gives a function
 */
export function readRequest(request: FunctionRequest): Asked | FunctionResponse {
  const raw = request.querystring as FunctionQuery;
  request.querystring = '';
  const uri = request.uri;
  if (uri.length > MAX_PATH && (uri.length > MAX_ESCAPED_PATH ? uri : decode(uri) || '').length > MAX_PATH) {
    return refuse({ parameter: 'path', value: uri, allowed: 'at most 1024 bytes' });
  }
  if (isLonger(raw, MAX_QUERY)) {
    const value = Object.keys(raw).join('&');
    return refuse({ parameter: 'query', value, allowed: 'at most 2048 characters' });
  }
  return { path: normalisePath(uri), query: readFunctionQuery(raw), raw };
}
