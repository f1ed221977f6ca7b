import { type Aggregator, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ResponseCache } from '../cache/response-cache';
import type { RequestHandler } from '../http/http-types';
import type { OriginFetch } from '../origin/origin-fetch';
import { createMetricsText } from './worker-metrics';

export interface MetricsOptions {
  /** The number of renders that run and wait now. */
  readonly load: () => { readonly running: number; readonly waiting: number };
  /** Undefined without Redis. */
  readonly redisState: ResponseCache['redisState'];
}

/** Prometheus metrics. They wrap the steps of a request, which know nothing of metrics. */
export interface Metrics {
  readonly contentType: string;
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>;
  observeRequests(handleRequest: RequestHandler): RequestHandler;
  observeOriginFetches(fetchOrigin: OriginFetch): OriginFetch;
  countCollapsed(where: 'process' | 'cache'): void;
}

/** In seconds, from a hit in memory to the 30-second limit of a function. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Creates metrics in their own registry, so that two edges in one process are counted apart. */
export function createMetrics({ load, redisState }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `edgecrop_${name}`, help, labelNames: [...labelNames], registers });
  /** @param aggregator what the workers' values are together */
  const gauge = (name: string, help: string, value: () => number, aggregator: Aggregator = 'sum') =>
    new Gauge({
      name: `edgecrop_${name}`,
      help,
      registers,
      aggregator,
      collect() {
        this.set(value());
      },
    });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram({
      name: `edgecrop_${name}`,
      help,
      labelNames: [...labelNames],
      buckets: BUCKETS,
      registers,
    });

  const requests = counter('requests_total', 'Responses by X-Cache and status', ['result', 'status']);
  const hits = counter('hits_total', 'Responses from the cache', []);
  const misses = counter('misses_total', 'Responses from S3 or a render', []);
  const collapsed = counter('collapsed_total', 'Requests that waited for an identical one', ['where']);
  const renders = counter('renders_total', 'Variants rendered', []);
  const fallbacks = counter('fallbacks_total', 'Originals sent instead of a variant', ['reason']);
  const shed = counter('shed_total', 'Origin requests refused because too many waited', []);
  const bytes = counter('response_bytes_total', 'Bytes of response bodies', []);
  const requestSeconds = histogram('request_seconds', 'Time to respond', ['result']);
  const originSeconds = histogram('origin_seconds', 'Time in S3 and the function, including waiting', []);
  gauge('renders_running', 'Function calls running', () => load().running);
  gauge('renders_waiting', 'Function calls waiting', () => load().waiting);
  if (redisState) {
    gauge('redis_up', '1 if Redis answers', () => Number(redisState() !== 'down'), 'min');
    gauge('redis_refusing', '1 if Redis refuses writes', () => Number(redisState() === 'refusing'), 'max');
  }

  return {
    contentType: registry.contentType,
    text: createMetricsText(registry),
    countCollapsed: (where) => collapsed.inc({ where }),
    observeRequests: (handleRequest) => async (request) => {
      const stop = requestSeconds.startTimer();
      const response = await handleRequest(request);
      const [result = ''] = (response.headers['x-cache'] ?? '').split(' ', 1);
      stop({ result });
      requests.inc({ result, status: response.status });
      if (result === 'Hit' || result === 'RefreshHit') hits.inc();
      if (result === 'Miss') misses.inc();
      bytes.inc(response.contentLength ?? 0);
      return response;
    },
    observeOriginFetches: (fetchOrigin) => async (request) => {
      const stop = originSeconds.startTimer();
      const result = await fetchOrigin(request);
      stop();
      if (result.error === 'LimitExceeded') shed.inc();
      const status = result.headers['crop-status'] ?? '';
      if (status.startsWith('rendered')) renders.inc();
      const reason = /^(?:original|error);reason=([\w-]+)/.exec(status)?.[1];
      if (reason) fallbacks.inc({ reason });
      return result;
    },
  };
}
