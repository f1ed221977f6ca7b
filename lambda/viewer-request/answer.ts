import type { FunctionResponse } from './event';

/** An answer in one line, which no browser takes for anything else. */
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

/** A refusal that may end with the next second, or the next rotation. */
export function forbid(text: string): FunctionResponse {
  return answer(403, 'Forbidden', `${text}\n`, 'no-store');
}
