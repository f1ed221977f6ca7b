import { createViewerRequestFunction } from '../../../../edge/functions/viewer-request/viewer-request-function';
import type { Watchdog } from '../../../../edge/functions/viewer-request/watchdog';
import type { ViewerRequest } from '../../../../edge/http/http-types';

export const REQUEST: ViewerRequest = {
  method: 'GET',
  uri: '/a%20b.jpg',
  querystring: 'w=1&w=%32&ID=x&empty',
  headers: { host: 'd.cloudfront.net', accept: 'image/webp' },
  clientIp: '203.0.113.1',
};

/** For functions that return. */
export const UNGUARDED: Watchdog = { guard: (_, call) => call(), close: async () => {} };

/** Runs a function with this body, and collects its log. */
export async function run(
  body: string,
  head = 'function handler(event)',
  store: Readonly<Record<string, string>> = {},
) {
  const log: string[] = [];
  const runtime = createViewerRequestFunction(
    { code: `${head}{${body}}`, runtime: 'cloudfront-js-2.0' },
    { log: (line) => log.push(line), watchdog: UNGUARDED, store: (key) => store[key] },
  );
  return { outcome: await runtime(REQUEST), log };
}
