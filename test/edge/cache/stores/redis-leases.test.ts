import { setTimeout as sleep } from 'node:timers/promises';
import { argumentsFor, runEdge } from '../../../bin/commands/serve-fixture';
import { ask } from '../../dev-edge-fixture';
import { deploy, SLOW_CROPS, serveSelfHosted } from '../../self-hosted-edge-fixture';
import { startRedis, testWithRedis } from './redis-fixture';

const CROP = '/cat.jpg?t=A&w=1';

const renders = async (url: string) => {
  const { body } = await ask(url, '/_edgecrop/metrics');
  return Number(/^edgecrop_renders_total (\d+)$/m.exec(body.toString())?.[1]);
};

testWithRedis('1,000 who ask two processes at once for one cold variant cost one render', async () => {
  const redis = await startRedis();
  const deployment = await deploy({ handler: SLOW_CROPS(1500) });
  const args = [...argumentsFor(deployment), '--cache', redis.url];
  const urls = await Promise.all([runEdge(args).ready, runEdge(args).ready]);
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, index) => ask(urls[index % 2]!, CROP)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
    new Set(['200 crop t=A&w=1']),
  );
  const counts = await Promise.all(urls.map(renders));
  expect(counts.sort()).toEqual([0, 1]);
});

testWithRedis('an edge that dies in the middle of a render does not keep another from it', async () => {
  const redis = await startRedis();
  const deployment = await deploy({ handler: SLOW_CROPS(1500) });
  const dying = runEdge([...argumentsFor(deployment), '--cache', redis.url]);
  const abandoned = ask(await dying.ready, CROP).catch((error: Error) => error.message);
  while (redis.command('KEYS', 'edgecrop:*:lease:*') === '') await sleep(20);
  dying.child.kill('SIGKILL');
  expect(await abandoned).toEqual(expect.any(String));

  const other = await serveSelfHosted(deployment, { cache: redis.url });
  const begun = Date.now();
  const answer = await other.ask(CROP);
  expect([answer.status, answer.body.toString(), other.invocations()]).toEqual([200, 'crop t=A&w=1', 1]);
  // The five seconds of the lease, then the render.
  expect(Date.now() - begun).toBeLessThan(10_000);
});
