import type { Page, Pages } from '../http/pages';
import type { Metrics } from './metrics';

/**
 * The pages for operators: `/_edgecrop/health` and `/_edgecrop/metrics`.
 *
 * @param isRedisUp undefined without Redis
 */
export function createOperationsPages(metrics: Metrics, isRedisUp: (() => boolean) | undefined): Pages {
  return new Map<string, Page>([
    [
      '/_edgecrop/health',
      // Always 200: without Redis the edge is slow but works, and removing it from a load balancer would not help.
      async () => ({
        type: 'application/json',
        body: JSON.stringify({ status: 'ok', ...(isRedisUp && { redis: isRedisUp() ? 'up' : 'down' }) }),
      }),
    ],
    ['/_edgecrop/metrics', async () => ({ type: metrics.contentType, body: await metrics.text() })],
  ]);
}
