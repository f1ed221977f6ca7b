import { loadPeer } from './packages';

interface Client {
  setRequests(requests: readonly { path: string }[]): void;
}
interface Result {
  readonly non2xx: number;
  readonly errors: number;
}
type Autocannon = (options: {
  url: string;
  connections: number;
  amount: number;
  timeout: number;
  sampleInt: number;
  setupClient(client: Client): void;
}) => Promise<Result> & {
  on(event: 'response', listener: (client: Client, status: number, bytes: number, ms: number) => void): void;
};

const CONNECTIONS = 4;

export interface Load {
  readonly seconds: number;
  /** Milliseconds of each answer. */
  readonly latencies: readonly number[];
}

/**
 * A closed loop of a number of requests, so that each one that the server began is counted, however long an
 * encode takes.
 */
export async function load(url: string, paths: readonly string[], amount: number): Promise<Load> {
  const autocannon = loadPeer<Autocannon>('autocannon');
  const latencies: number[] = [];
  let next = 0;
  const run = autocannon({
    url,
    connections: Math.min(CONNECTIONS, amount),
    amount,
    timeout: 120,
    // It notices its end at a sample only.
    sampleInt: 100,
    // Each connection starts elsewhere in the list: no two ask for the same at a time.
    setupClient(client) {
      const start = Math.floor((next++ * paths.length) / CONNECTIONS);
      client.setRequests([...paths.slice(start), ...paths.slice(0, start)].map((path) => ({ path })));
    },
  });
  const started = performance.now();
  let ended = started;
  run.on('response', (_client, _status, _bytes, ms) => {
    ended = performance.now();
    latencies.push(ms);
  });
  const { non2xx, errors } = await run;
  if (non2xx + errors > 0) throw new Error(`${url}${paths[0]}: ${non2xx} refused, ${errors} failed`);
  return { seconds: (ended - started) / 1000, latencies };
}
