import type { FunctionResponse } from './event';

/** A response of plain text, which browsers do not sniff for another type. */
export function answer(
  statusCode: number,
  statusDescription: string,
  text: string,
  cacheControl: string,
): FunctionResponse {
  return {
    statusCode,
    statusDescription,
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
  return answer(403, 'Forbidden', `${text}\n`, 'no-store');
}
