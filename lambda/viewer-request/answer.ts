import { type BadInput, describeBadInput } from '../contract/bad-input';
import type { FunctionResponse } from './event';

/** For browsers: CloudFront does not cache the response of a function. */
export const CACHE_CONTROL = 'max-age=60';

/** A response of plain text, which browsers do not sniff for another type. */
export function answer(statusCode: number, text: string, cacheControl: string): FunctionResponse {
  return {
    statusCode,
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: cacheControl },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: { encoding: 'text', data: text },
  };
}

/** A 403 that is not cached: the next key rotation may end it. */
export function forbid(text: string): FunctionResponse {
  return answer(403, `${text}\n`, 'no-store');
}

export function refuse(bad: BadInput): FunctionResponse {
  return answer(400, describeBadInput(bad), CACHE_CONTROL);
}

/**
 * Answers the request that a browser sends ahead of one with headers of its own. S3 would refuse it, after a run of the
 * function that renders. Any page may read a picture.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function allow(): FunctionResponse {
  const headers: Record<string, { value: string }> = {};
  const names = ['origin', 'methods', 'headers'];
  for (let i = 0; i < names.length; i++) headers[`access-control-allow-${names[i]}`] = { value: '*' };
  return { statusCode: 204, headers };
}
