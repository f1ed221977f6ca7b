import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import type { Log } from '../../edge/operations/log';
import { answerMetricsRequests } from '../../edge/operations/worker-metrics';

export interface WorkersOptions {
  readonly count: number;
  /** Aborted when the workers are to end. */
  readonly signal: AbortSignal;
  /** Receives a line when a worker ends by itself. */
  readonly warn: Log;
}

/**
 * Runs this program several times on one port, and starts a worker anew that ends by itself.
 *
 * @returns the exit code, when all have ended: 1 if a worker did not get as far as listening
 */
export function runWorkers({ count, signal, warn }: WorkersOptions): Promise<number> {
  const alive = new Set<Worker>();
  const listening = new Set<Worker>();
  let hasFailed = false;
  const start = () => alive.add(cluster.fork());
  const end = () => {
    for (const worker of alive) worker.process.kill('SIGTERM');
  };
  answerMetricsRequests(new AggregatorRegistry());
  process.on('SIGHUP', () => {
    for (const worker of alive) worker.process.kill('SIGHUP');
  });
  return new Promise((resolve) => {
    cluster.on('listening', (worker) => listening.add(worker));
    cluster.on('exit', (worker, code, killedBy: string | null) => {
      alive.delete(worker);
      const isEnding = signal.aborted || hasFailed;
      if (!isEnding && listening.has(worker)) {
        warn(`a worker ended by ${killedBy ?? code}, starting another`);
        start();
      } else if (!isEnding) {
        // Its log says why. Another would fail as well.
        hasFailed = true;
        end();
      }
      if (alive.size === 0) resolve(hasFailed ? 1 : 0);
    });
    signal.addEventListener('abort', end, { once: true });
    for (let i = 0; i < count; i++) start();
  });
}
