import type { ResponseCache } from '../cache/response-cache';
import type { Page, Pages } from '../http/pages';
import type { Metrics } from './metrics';

/**
 * The pages for operators: `/_edgecrop/health` and `/_edgecrop/metrics`.
 *
 * @param redisState undefined without Redis
 */
export function createOperationsPages(metrics: Metrics, redisState: ResponseCache['redisState']): Pages {
  return new Map<string, Page>([
    [
      '/_edgecrop/health',
      // Always 200: without Redis the edge is slow but works, and removing it from a load balancer would not help.
      async () => ({
        type: 'application/json',
        body: JSON.stringify({ status: 'ok', ...(redisState && { redis: redisState() }) }),
      }),
    ],
    ['/_edgecrop/metrics', async () => ({ type: metrics.contentType, body: await metrics.text() })],
  ]);
}
