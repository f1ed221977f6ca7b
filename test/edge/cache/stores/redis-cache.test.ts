import { setTimeout as sleep } from 'node:timers/promises';
import {
  deploy,
  type SelfHostedEdgeFixture,
  SLOW_CROPS,
  serveSelfHosted,
} from '../../self-hosted-edge-fixture';
import { startRedis, testWithRedis } from './redis-fixture';

const CROP = '/cat.jpg?t=A&w=1';

/** Asks again and again, as many times at once as there are edges, until told to stop. */
function load(edges: readonly SelfHostedEdgeFixture[], path: (round: number) => string) {
  let stopped = false;
  const statuses: number[] = [];
  const running = edges.map(async (edge) => {
    for (let round = 0; !stopped; round++) statuses.push((await edge.ask(path(round))).status);
  });
  return {
    /** Waits until so many more are answered. */
    more: async (count: number) => {
      for (const enough = statuses.length + count; statuses.length < enough; ) await sleep(10);
    },
    stop: async () => {
      stopped = true;
      await Promise.all(running);
      return statuses;
    },
  };
}

const until = async (condition: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await condition()) && tries < 200; tries++) await sleep(50);
  expect(await condition()).toBe(true);
};

testWithRedis('what is cached outlives the edge, byte for byte', async () => {
  const redis = await startRedis();
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
  const deployment = await deploy({}, { 'cat.jpg': bytes });
  const first = await serveSelfHosted(deployment, { cache: redis.url });
  const miss = await first.ask('/cat.jpg');
  await first.close();
  const second = await serveSelfHosted(deployment, { cache: redis.url });
  const hit = await second.ask('/cat.jpg');

  expect([miss.headers['x-cache'], hit.headers['x-cache']]).toEqual([
    'Miss from edgecrop',
    'Hit from edgecrop',
  ]);
  expect(hit.body.equals(bytes)).toBe(true);
  expect(hit.headers).toMatchObject({ etag: miss.headers.etag, 'content-type': 'image/jpeg' });
  expect(second.invocations()).toBe(0);
  const [key = ''] = redis.command('KEYS', 'edgecrop:*/cat.jpg').split('\n');
  const days = Number(redis.command('PTTL', key)) / 86_400_000;
  // A day fresh, as the policy says, and one more to be confirmed in.
  expect(days).toBeGreaterThan(1.9);
  expect(days).toBeLessThanOrEqual(2);
});

testWithRedis('an expired entry is confirmed by a 304, not made again', async () => {
  const redis = await startRedis();
  const deployment = await deploy({
    handler: `response.headers['cache-control'] = [{ value: 'max-age=1' }]; ${SLOW_CROPS(0)}`,
  });
  const edge = await serveSelfHosted(deployment, { cache: redis.url });
  await edge.ask(CROP);
  await sleep(1100);
  const refreshed = await edge.ask(CROP);
  expect([refreshed.headers['x-cache'], refreshed.body.toString()]).toEqual([
    'RefreshHit from edgecrop',
    'crop t=A&w=1',
  ]);
  expect(edge.output).toEqual(['invoked 200 /cat.jpg', 'invoked 304 /cat.jpg']);
});

testWithRedis('1,000 who ask two edges at once for one cold variant cost one render', async () => {
  const redis = await startRedis();
  const deployment = await deploy({ handler: SLOW_CROPS(1500) });
  const edges = [
    await serveSelfHosted(deployment, { cache: redis.url }),
    await serveSelfHosted(deployment, { cache: redis.url }),
  ];
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, index) => edges[index % 2]!.ask(CROP)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
    new Set(['200 crop t=A&w=1']),
  );
  expect(edges.flatMap((edge) => edge.warnings)).toEqual([]);
  expect(edges.map((edge) => edge.invocations()).sort()).toEqual([0, 1]);
});

testWithRedis('what may not be stored is not waited for', async () => {
  const redis = await startRedis();
  const deployment = await deploy({
    handler: `
      await new Promise((resolve) => setTimeout(resolve, 1000));
      response.headers['cache-control'] = [{ value: 'no-store' }];
      return response;`,
  });
  const edges = await Promise.all(
    Array.from({ length: 3 }, () => serveSelfHosted(deployment, { cache: redis.url })),
  );
  await Promise.all(edges.map((edge) => edge.ask('/cat.jpg')));
  // After the first has shown it, the rest go on side by side: two seconds, where one after the other is three.
  const begun = Date.now();
  await Promise.all(edges.map((edge) => edge.ask('/cat.jpg')));
  expect(Date.now() - begun).toBeLessThan(2900);
});

testWithRedis('a lease is kept for longer than its time while its holder works', async () => {
  const redis = await startRedis();
  const deployment = await deploy({ handler: SLOW_CROPS(2000) });
  const options = { cache: redis.url, leaseTime: 500 };
  const edges = [await serveSelfHosted(deployment, options), await serveSelfHosted(deployment, options)];
  await Promise.all(edges.map((edge) => edge.ask(CROP)));
  expect(edges.map((edge) => edge.invocations()).sort()).toEqual([0, 1]);
});

testWithRedis('Redis killed and started again in the middle of a run: no request fails', async () => {
  const redis = await startRedis();
  const deployment = await deploy({ handler: SLOW_CROPS(5) });
  const edges = [
    await serveSelfHosted(deployment, { cache: redis.url }),
    await serveSelfHosted(deployment, { cache: redis.url }),
  ];
  const run = load(edges, (round) => `/cat.jpg?t=A&w=${round % 40}`);
  await run.more(20);
  await redis.kill();
  await until(() => edges.every((edge) => edge.warnings.length > 0));
  const health = await edges[0]!.ask('/_edgecrop/health');
  await run.more(20);
  await redis.start();
  await until(() => edges.every((edge) => edge.infos.length > 0));
  // Every variant is asked for once more.
  await run.more(40);
  const statuses = await run.stop();

  expect(new Set(statuses)).toEqual(new Set([200]));
  expect([health.status, JSON.parse(health.body.toString())]).toEqual([200, { status: 'ok', redis: 'down' }]);
  for (const edge of edges) {
    expect(edge.warnings).toEqual([expect.stringMatching(/^Redis is lost, serving without it: /)]);
    expect(edge.infos).toEqual(['Redis is back']);
    expect((await edge.ask('/cat.jpg?t=A&w=1')).status).toBe(200);
  }
  expect(redis.command('DBSIZE')).not.toBe('0');
});

testWithRedis('a Redis that hangs costs one timeout, not one for each request', async () => {
  const redis = await startRedis();
  const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(0) }), { cache: redis.url });
  await edge.ask(CROP);
  redis.pause();
  const first = await edge.ask(CROP);
  const begun = Date.now();
  const others: number[] = [];
  for (let count = 0; count < 10; count++) others.push((await edge.ask(CROP)).status);
  expect(new Set([first.status, ...others])).toEqual(new Set([200]));
  // Of 500 ms each it would be five seconds.
  expect(Date.now() - begun).toBeLessThan(4000);
  expect(edge.warnings).toEqual([expect.stringMatching(/Command timed out/)]);
  redis.resume();
  await until(() => edge.infos.length > 0);
  expect((await edge.ask(CROP)).headers['x-cache']).toBe('Hit from edgecrop');
});

testWithRedis('a Redis that is full serves what it has, with one warning', async () => {
  const redis = await startRedis();
  const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(0) }), { cache: redis.url });
  await edge.ask(CROP);
  redis.command('CONFIG', 'SET', 'maxmemory', '1');
  const hit = await edge.ask(CROP);
  const misses = [await edge.ask('/cat.jpg?t=A&w=2'), await edge.ask('/cat.jpg?t=A&w=3')];
  expect([hit, ...misses].map(({ status, headers }) => [status, headers['x-cache']])).toEqual([
    [200, 'Hit from edgecrop'],
    [200, 'Miss from edgecrop'],
    [200, 'Miss from edgecrop'],
  ]);
  expect(edge.warnings).toEqual([
    expect.stringMatching(/^Redis refuses writes, serving without storing: OOM /),
  ]);
  redis.command('CONFIG', 'SET', 'maxmemory', '0');
  await edge.ask('/cat.jpg?t=A&w=4');
  expect(edge.infos).toEqual(['Redis accepts writes again']);
});

testWithRedis('an edge starts without Redis, and takes it when it comes', async () => {
  const redis = await startRedis();
  await redis.kill();
  const edge = await serveSelfHosted(await deploy(), { cache: redis.url });
  expect((await edge.ask('/cat.jpg')).status).toBe(200);
  await redis.start();
  await until(() => edge.infos.length > 0);
  await edge.ask('/cat.jpg');
  expect((await edge.ask('/cat.jpg')).headers['x-cache']).toBe('Hit from edgecrop');
});

testWithRedis('what another program left under a key is a miss', async () => {
  const redis = await startRedis();
  const edge = await serveSelfHosted(await deploy(), { cache: redis.url });
  await edge.ask('/cat.jpg');
  redis.command('SET', redis.command('KEYS', 'edgecrop:*/cat.jpg'), 'nonsense');
  const answer = await edge.ask('/cat.jpg');
  expect([answer.status, answer.headers['x-cache']]).toEqual([200, 'Miss from edgecrop']);
});

testWithRedis('long bodies neither delay the short ones nor count as a lost Redis', async () => {
  const redis = await startRedis();
  const files = { 'cat.jpg': 'the bytes of a cat', 'film.bin': Buffer.alloc(12_000_000, 'x') };
  const edge = await serveSelfHosted(await deploy({}, files), { cache: redis.url });
  await edge.ask('/film.bin');
  await edge.ask('/cat.jpg');
  // The head of each, and the long body.
  await until(() => redis.command('KEYS', 'edgecrop:*').split('\n').length === 3);
  const answers = await Promise.all([
    ...Array.from({ length: 6 }, () => edge.ask('/film.bin')),
    ...Array.from({ length: 6 }, () => edge.ask('/cat.jpg')),
  ]);
  expect(new Set(answers.map(({ headers }) => headers['x-cache']))).toEqual(new Set(['Hit from edgecrop']));
  expect(answers[0]?.body.equals(files['film.bin'])).toBe(true);
  // The body is a value of its own: whoever reads the entry of a crop never has to wait for megabytes.
  const keys = redis.command('KEYS', 'edgecrop:*').split('\n');
  const sizes = keys.map((key) => Number(redis.command('STRLEN', key))).sort((a, b) => a - b);
  expect(sizes.map((size) => size > 1_500_000)).toEqual([false, false, true]);
  // An entry whose body was evicted is a miss.
  redis.command('DEL', keys.find((key) => key.includes(':body:')) ?? '');
  expect((await edge.ask('/film.bin')).headers['x-cache']).toBe('Miss from edgecrop');
  expect(edge.warnings).toEqual([]);
});

testWithRedis(
  'who waits for the render of another edge is woken, and asks Redis for little meanwhile',
  async () => {
    const redis = await startRedis();
    const deployment = await deploy({ handler: SLOW_CROPS(2000) });
    const edges = [
      await serveSelfHosted(deployment, { cache: redis.url }),
      await serveSelfHosted(deployment, { cache: redis.url }),
    ];
    await sleep(200);
    redis.command('CONFIG', 'RESETSTAT');
    const first = edges[0]!.ask(CROP);
    await until(() => redis.command('KEYS', 'edgecrop:*:lease:*') !== '');
    await Promise.all([first, edges[1]!.ask(CROP)]);
    const calls = (command: string) =>
      Number(
        new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(redis.command('INFO', 'commandstats'))?.[1] ?? 0,
      );
    expect(edges.map((edge) => edge.invocations()).sort()).toEqual([0, 1]);
    expect(calls('publish')).toBe(1);
    // One lease, one attempt for each second of waiting, one entry.
    expect(calls('set')).toBeLessThanOrEqual(6);
  },
);
