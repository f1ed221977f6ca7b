import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** Between a worker that is asked for metrics, and the primary, which asks all workers. */
interface Message {
  readonly edgecropMetrics: number;
  readonly text?: string;
}

/** In the primary: answers workers with the metrics of all. */
export function answerMetricsRequests(all: { clusterMetrics(): Promise<string> }): void {
  cluster.on('message', async (worker, message: Partial<Message>) => {
    if (message.edgecropMetrics === undefined) return;
    const text = await all.clusterMetrics().catch((error: unknown) => `# ${error}\n`);
    if (worker.isConnected()) worker.send({ ...message, text });
  });
}

/** Returns the metrics of this process, or of all workers if it is one of several. */
export function createMetricsText(registry: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => registry.metrics();
  // Makes this worker answer the primary.
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries([registry]);
  const waiting = new Map<number, (text: string) => void>();
  process.on('message', ({ edgecropMetrics: id, text }: Partial<Message>) => {
    if (id === undefined || text === undefined) return;
    waiting.get(id)?.(text);
    waiting.delete(id);
  });
  let requests = 0;
  return () =>
    new Promise((resolve) => {
      requests++;
      waiting.set(requests, resolve);
      process.send?.({ edgecropMetrics: requests } satisfies Message);
    });
}
