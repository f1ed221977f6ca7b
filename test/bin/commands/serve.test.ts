import { setTimeout as sleep } from 'node:timers/promises';
import { behavior, behaviors } from '../../edge/assembly/behaviors-fixture';
import { ask } from '../../edge/dev-edge-fixture';
import { deploy, SLOW_CROPS } from '../../edge/self-hosted-edge-fixture';
import { argumentsFor, runEdge } from './serve-fixture';

// Each test starts processes, which takes its time on a busy machine.
jest.setTimeout(120_000);

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: what has begun is answered, then it ends with 0',
  async (signal) => {
    const edge = runEdge([
      ...argumentsFor(await deploy({ handler: SLOW_CROPS(1000) })),
      '--cache',
      'memory:1mb',
    ]);
    const slow = ask(await edge.ready, '/cat.jpg?t=A&w=1');
    await sleep(500);
    // Ctrl-C reaches every process, and the first one twice where npm hands it on.
    if (signal === 'SIGINT') process.kill(-edge.child.pid!, signal);
    edge.child.kill(signal);
    expect((await slow).body.toString()).toBe('crop t=A&w=1');
    expect(await edge.ended).toBe(0);
    expect(edge.errors()).toBe('');
    const said = edge
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(said.map(({ msg, function: line }) => msg ?? line)).toEqual([
      'ready',
      'ending: what has begun is finished',
      'invoked 200 /cat.jpg',
      'ended',
    ]);
  },
);

test('takes a bucket for a path pattern', async () => {
  const fixture = behaviors({}, behavior('/avatars/*', 'avatars'));
  const deployment = await deploy(fixture, { 'avatars/a.jpg': 'of photos' });
  const named = runEdge(argumentsFor(deployment));
  expect((await ask(await named.ready, '/avatars/a.jpg')).body.toString()).toBe('of avatars');
  const told = runEdge([...argumentsFor(deployment), '--bucket', '/avatars/*=photos']);
  expect((await ask(await told.ready, '/avatars/a.jpg')).body.toString()).toBe('of photos');
});

test.each([
  ['no assembly', ['--bucket', 'photos'], /--assembly/],
  ['no bucket', ['--assembly', 'cdk.out'], /--bucket/],
  ['no number of renders', ['--renders', '0'], /a whole number from 1/],
])('fails in one line with %s', async (_, args, line) => {
  const edge = runEdge(args);
  expect(await edge.ended).toBe(1);
  expect(edge.errors()).toMatch(line);
  expect(edge.errors().trim().split('\n')).toHaveLength(1);
});

test('fails in one line of JSON with a function that is none', async () => {
  const edge = runEdge([...argumentsFor(await deploy()), '--function', 'render']);
  expect(await edge.ended).toBe(1);
  expect(JSON.parse(edge.output())).toMatchObject({
    level: 'fatal',
    msg: expect.stringMatching(/^render is not the ARN of a Lambda function, as in: /),
  });
});

test('workers share the port and the limits, are counted together, and are started anew', async () => {
  const edge = runEdge([...argumentsFor(await deploy()), '--cache', 'memory:2mb', '--workers', '2']);
  const url = await edge.ready;
  const said = () =>
    edge
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const started = () => said().filter(({ msg }) => msg === 'ready');
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await sleep(20);
  };
  await until(() => started().length === 2);
  expect(started()).toEqual([
    expect.objectContaining({ url, cache: 'memory:1000kb' }),
    expect.objectContaining({ url, cache: 'memory:1000kb' }),
  ]);
  for (let i = 0; i < 4; i++) expect((await ask(url, '/cat.jpg')).status).toBe(200);
  const { body } = await ask(url, '/_edgecrop/metrics');
  // Each worker has a cache of its own.
  expect(body.toString()).toMatch(/^edgecrop_misses_total [12]$/m);
  expect(body.toString()).toMatch(/^edgecrop_request_seconds_count\{result="(Hit|Miss)"\} \d$/m);

  process.kill(started()[0].pid, 'SIGKILL');
  await until(() => started().length === 3);
  expect(said()).toContainEqual(
    expect.objectContaining({ level: 'warn', msg: 'a worker ended by SIGKILL, starting another' }),
  );
  expect((await ask(url, '/cat.jpg')).status).toBe(200);
  edge.child.kill('SIGTERM');
  expect(await edge.ended).toBe(0);
});

test('workers that cannot start end the program with their reason', async () => {
  const edge = runEdge([...argumentsFor(await deploy()), '--cache', 'disk', '--workers', '2']);
  expect(await edge.ended).toBe(1);
  expect(edge.output()).toContain('got neither a memory size nor a Redis URL');
});
