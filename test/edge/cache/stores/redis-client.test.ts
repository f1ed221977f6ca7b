import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { argumentsFor, runEdge } from '../../../bin/commands/serve-fixture';
import { temporaryFolder } from '../../../support/cleanup';
import { ask } from '../../dev-edge-fixture';
import { deploy, SLOW_CROPS, serveSelfHosted } from '../../self-hosted-edge-fixture';
import { startRedisCluster } from './redis-cluster-fixture';
import { startRedis, startRedisServer, testWithRedis } from './redis-fixture';

const crop = (width: number) => `/cat.jpg?t=A&w=${width}`;

const until = async (condition: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await sleep(50);
  }
  expect('the condition').toBe('met');
};

testWithRedis('a Cluster: entries and leases are spread over its nodes', async () => {
  const { url: cache, nodes } = await startRedisCluster();
  const deployment = await deploy({ handler: SLOW_CROPS(300) });
  const edges = [await serveSelfHosted(deployment, { cache }), await serveSelfHosted(deployment, { cache })];
  const widths = [1, 2, 3, 4, 5, 6, 7, 8];
  // Two edges ask for each crop at once, and one of them renders it.
  for (const width of widths) await Promise.all(edges.map((edge) => edge.ask(crop(width))));
  const hits = await Promise.all(widths.map((width) => edges[0]!.ask(crop(width))));
  expect(hits.map(({ headers }) => headers['x-cache'])).toEqual(widths.map(() => 'Hit from edgecrop'));
  expect(edges.reduce((sum, edge) => sum + edge.invocations(), 0)).toBe(widths.length);
  const sizes = nodes.map((node) => Number(node.command('DBSIZE')));
  expect(sizes.every((size) => size > 0)).toBe(true);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(widths.length);
  expect(edges.flatMap(({ warnings }) => warnings)).toEqual([]);
});

testWithRedis(
  'Sentinel: the edge follows the primary to another server',
  async () => {
    const primary = await startRedis();
    const replica = await startRedis('--replicaof', `127.0.0.1 ${primary.port}`);
    const folder = await temporaryFolder();
    const sentinelFile = join(folder, 'sentinel.conf');
    await writeFile(
      sentinelFile,
      `sentinel monitor photos 127.0.0.1 ${primary.port} 1\nsentinel down-after-milliseconds photos 500\nsentinel failover-timeout photos 3000\n`,
    );
    const sentinel = await startRedisServer({ sentinelFile });
    await until(() => sentinel.command('SENTINEL', 'REPLICAS', 'photos').includes(String(replica.port)));
    const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(0) }), {
      cache: `redis-sentinel://127.0.0.1:${sentinel.port}/0#photos`,
    });
    await edge.ask(crop(1));
    expect((await edge.ask(crop(1))).headers['x-cache']).toBe('Hit from edgecrop');
    expect(primary.command('DBSIZE')).toBe('1');
    await until(() => replica.command('DBSIZE') === '1');
    await primary.kill();
    await until(() => replica.command('ROLE').startsWith('master'));
    await until(async () => (await edge.ask(crop(1))).headers['x-cache'] === 'Hit from edgecrop');
    await edge.ask(crop(2));
    expect((await edge.ask(crop(2))).headers['x-cache']).toBe('Hit from edgecrop');
    expect(replica.command('DBSIZE')).toBe('2');
  },
  60_000,
);

testWithRedis(
  'TLS: rediss:// speaks to a server with a certificate of a known authority',
  async () => {
    const folder = await temporaryFolder();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...[
          '-subj',
          '/CN=localhost',
          '-addext',
          'subjectAltName=DNS:localhost',
          '-keyout',
          key,
          '-out',
          cert,
        ],
      ],
      { stdio: 'ignore' },
    );
    const redis = await startRedisServer({ tls: { key, cert, ca: cert } });
    const args = [...argumentsFor(await deploy({ handler: SLOW_CROPS(0) })), '--cache', redis.url];
    const edge = runEdge(args, { NODE_EXTRA_CA_CERTS: cert });
    const url = await edge.ready;
    await ask(url, crop(1));
    expect((await ask(url, crop(1))).headers['x-cache']).toBe('Hit from edgecrop');
    // Without the authority it is as good as lost.
    const other = runEdge(args);
    expect((await ask(await other.ready, crop(1))).headers['x-cache']).toBe('Miss from edgecrop');
    expect(other.output()).toMatch(/Redis is lost, serving without it: .*self-signed/);
  },
  60_000,
);

testWithRedis('a Redis that has become a replica is said to refuse, and is connected to anew', async () => {
  const redis = await startRedis();
  const primary = await startRedis();
  const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(0) }), { cache: redis.url });
  await edge.ask(crop(1));
  const clients = () =>
    redis
      .command('CLIENT', 'LIST')
      .match(/\bid=\d+(?=.*cmd=(?!client))/g)
      ?.join() ?? '';
  const before = clients();
  redis.command('REPLICAOF', '127.0.0.1', String(primary.port));
  await edge.ask(crop(2));
  await Promise.all([edge.ask(crop(2)), edge.ask(crop(3))]);
  await sleep(300);
  await edge.ask(crop(3));
  expect(JSON.parse((await edge.ask('/_edgecrop/health')).body.toString())).toEqual({
    status: 'ok',
    redis: 'refusing',
  });
  const metrics = (await edge.ask('/_edgecrop/metrics')).body.toString();
  expect(metrics).toMatch(/^edgecrop_redis_refusing 1$/m);
  expect(metrics).toMatch(/^edgecrop_redis_up 1$/m);
  expect(clients()).not.toBe(before);
  // Requests that meet the moment of connecting anew do not take Redis for lost.
  expect(edge.warnings).toEqual([
    expect.stringMatching(/^Redis refuses writes, serving without storing: READONLY /),
  ]);
  redis.command('REPLICAOF', 'NO', 'ONE');
  await sleep(500);
  await edge.ask(crop(4));
  expect((await edge.ask(crop(4))).headers['x-cache']).toBe('Hit from edgecrop');
});
