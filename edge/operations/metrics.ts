import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Distribution } from '../distribution';
import type { OriginExchange, OriginOutcome } from '../functions/origin-response/fetch-through-function';

type Exchange = (exchange: OriginExchange) => Promise<OriginOutcome>;

export interface MetricsOptions {
  /** What runs and waits for its turn now. */
  readonly load: () => { readonly running: number; readonly waiting: number };
  /** Where there is a Redis: whether it answers. */
  readonly isRedisUp: (() => boolean) | undefined;
}

/** What Prometheus is told. It watches from outside: nothing in the way of a request knows of it. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  observeDistribution(distribution: Distribution): Distribution;
  observeExchange(exchange: Exchange): Exchange;
  countCollapsed(where: 'process' | 'cache'): void;
}

/** From a hit in memory to the 30 seconds that a function has, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Metrics with a registry of their own, so that two edges in one process don't add up. */
export function createMetrics({ load, isRedisUp }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `edgecrop_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `edgecrop_${name}`,
      help,
      registers,
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

  const requests = counter('requests_total', 'Answers by X-Cache and status', ['result', 'status']);
  const hits = counter('hits_total', 'Answers from the cache', []);
  const misses = counter('misses_total', 'Answers from S3 or a render', []);
  const collapsed = counter('collapsed_total', 'Requests that waited for the same one', ['where']);
  const renders = counter('renders_total', 'Variants rendered', []);
  const fallbacks = counter('fallbacks_total', 'Originals answered in place of a variant', ['reason']);
  const shed = counter('shed_total', 'Origin requests refused because too many waited', []);
  const bytes = counter('response_bytes_total', 'Bytes of bodies answered', []);
  const requestSeconds = histogram('request_seconds', 'Time to an answer', ['result']);
  const originSeconds = histogram('origin_seconds', 'Time in S3 and the function, waiting included', []);
  gauge('renders_running', 'Function calls under way', () => load().running);
  gauge('renders_waiting', 'Function calls that wait for their turn', () => load().waiting);
  if (isRedisUp) gauge('redis_up', '1 while Redis answers', () => Number(isRedisUp()));

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    countCollapsed: (where) => collapsed.inc({ where }),
    observeDistribution: (distribution) => ({
      handle: async (request) => {
        const stop = requestSeconds.startTimer();
        const response = await distribution.handle(request);
        const [result = ''] = (response.headers['x-cache'] ?? '').split(' ', 1);
        stop({ result });
        requests.inc({ result, status: response.status });
        if (result === 'Hit' || result === 'RefreshHit') hits.inc();
        if (result === 'Miss') misses.inc();
        bytes.inc(response.body.length);
        return response;
      },
    }),
    observeExchange: (exchange) => async (request) => {
      const stop = originSeconds.startTimer();
      const outcome = await exchange(request);
      stop();
      if (outcome.error === 'LimitExceeded') shed.inc();
      const status = outcome.headers['crop-status'] ?? '';
      if (status.startsWith('rendered')) renders.inc();
      const reason = /^(?:original|error);reason=([\w-]+)/.exec(status)?.[1];
      if (reason) fallbacks.inc({ reason });
      return outcome;
    },
  };
}
