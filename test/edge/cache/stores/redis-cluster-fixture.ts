import { setTimeout as sleep } from 'node:timers/promises';
import { type RedisFixture, startRedis } from './redis-fixture';

/** Two nodes that have half of the slots each. */
export interface RedisCluster {
  /** As `--cache` takes it. */
  readonly url: string;
  readonly nodes: readonly RedisFixture[];
}

/** @throws Error where they do not find each other within ten seconds */
export async function startRedisCluster(): Promise<RedisCluster> {
  const start = () => startRedis('--cluster-enabled', 'yes');
  const [first, second] = await Promise.all([start(), start()]);
  first.command('CLUSTER', 'ADDSLOTSRANGE', '0', '8191');
  second.command('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383');
  first.command('CLUSTER', 'MEET', '127.0.0.1', String(second.port));
  const nodes = [first, second];
  const end = Date.now() + 10_000;
  while (!nodes.every((node) => node.command('CLUSTER', 'INFO').includes('cluster_state:ok'))) {
    if (Date.now() > end) throw new Error('the nodes of the Cluster have not found each other');
    await sleep(50);
  }
  return { url: `redis-cluster://127.0.0.1:${first.port},127.0.0.1:${second.port}`, nodes };
}
