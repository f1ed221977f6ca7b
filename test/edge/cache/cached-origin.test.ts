import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { deployOver } from '../s3-fixture';
import {
  createGate,
  deploy,
  type SelfHostedEdgeFixture,
  SLOW_CROPS,
  serveSelfHosted,
} from '../self-hosted-edge-fixture';

const crop = (width: number) => `/cat.jpg?t=A&w=${width}`;

/** A viewer who hangs up when told to. */
function viewer(url: string) {
  const request = get(url, { agent: false });
  request.on('error', () => {});
  return { hangUp: () => request.destroy() };
}

const until = async (condition: () => Promise<boolean>) => {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 200) throw new Error('it did not come to that');
    await sleep(50);
  }
};

/** The renders of an edge: running, and waiting. */
async function load(edge: SelfHostedEdgeFixture): Promise<string> {
  const metrics = (await edge.ask('/_edgecrop/metrics')).body.toString();
  return ['running', 'waiting']
    .map((name) => new RegExp(`^edgecrop_renders_${name} (\\d+)$`, 'm').exec(metrics)?.[1])
    .join();
}

describe('an expired response', () => {
  /** S3 with a state that the test sets; the object is fresh for a second. */
  async function failing(cacheControl = 'max-age=1') {
    const state = { answer: 'well' as 'well' | 'broken' | 'gone', asked: [] as (string | undefined)[] };
    const deployment = await deployOver(
      (request, response) => {
        state.asked.push(request.headers['if-none-match']);
        if (state.answer === 'gone') return void request.socket.destroy();
        if (state.answer === 'broken') {
          response.writeHead(503, { 'content-type': 'application/xml' });
          return void response.end('<Error><Code>SlowDown</Code><Message>later</Message></Error>');
        }
        const isSame = request.headers['if-none-match'] === '"a"';
        response.writeHead(isSame ? 304 : 200, { etag: '"a"', 'cache-control': cacheControl });
        response.end(isSame ? undefined : 'the bytes of a cat');
      },
      { handler: SLOW_CROPS(0) },
    );
    return { state, edge: await serveSelfHosted(deployment) };
  }

  test.each(['broken', 'gone'] as const)(
    'is served while S3 is %s, and is confirmed afterwards',
    async (answer) => {
      const { state, edge } = await failing();
      await edge.ask(crop(1));
      await sleep(1100);
      state.answer = answer;
      const stale = await edge.ask(crop(1));
      const asked = state.asked.length;
      const again = await edge.ask(crop(1));
      expect([stale, again].map(({ status, body }) => [status, body.toString()])).toEqual([
        [200, 'crop t=A&w=1'],
        [200, 'crop t=A&w=1'],
      ]);
      // Not asked again for ten seconds.
      expect(state.asked).toHaveLength(asked);
      expect(Number(again.headers.age)).toBeGreaterThan(0);
    },
  );

  test('is not served where it forbids that', async () => {
    const { state, edge } = await failing('max-age=1, stale-if-error=0');
    await edge.ask(crop(1));
    await sleep(1100);
    state.answer = 'broken';
    expect((await edge.ask(crop(1))).status).toBe(503);
  });
});

describe('a viewer who hangs up', () => {
  test('takes a waiting render along, but not a running one', async () => {
    const gate = await createGate();
    const handler = `if (request.querystring) { ${gate.pass} } ${SLOW_CROPS(0)}`;
    const edge = await serveSelfHosted(await deploy({ handler }), { renders: 1, queue: 10 });
    await edge.ask('/cat.jpg');
    const viewers = [1, 2, 3, 4].map((width) => viewer(edge.url + crop(width).slice(1)));
    await until(async () => (await load(edge)) === '1,3');
    for (const one of viewers) one.hangUp();
    await until(async () => (await load(edge)) === '1,0');
    await gate.open();
    await until(async () => (await load(edge)) === '0,0');
    // What was running is kept: it was paid for.
    expect(edge.invocations()).toBe(2);
  });

  test('leaves it to whoever else waits for it', async () => {
    const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(500) }), { renders: 1, queue: 10 });
    await edge.ask('/cat.jpg');
    const first = edge.ask(crop(1));
    const hasty = viewer(edge.url + crop(2).slice(1));
    await sleep(100);
    const patient = edge.ask(crop(2));
    await sleep(100);
    hasty.hangUp();
    expect((await patient).body.toString()).toBe('crop t=A&w=2');
    await first;
  });
});

test('originals, missing objects, HEAD and confirmations do not wait behind renders', async () => {
  const gate = await createGate();
  const deployment = await deploy({
    handler: `
      response.headers['cache-control'] = [{ value: 'max-age=1' }];
      if (request.method === 'HEAD' || request.querystring === 't=A&w=1') return response;
      if (request.querystring && response.status === '200') { ${gate.pass} }
      ${SLOW_CROPS(0)}`,
  });
  const edge = await serveSelfHosted(deployment, { renders: 1, queue: 1 });
  await edge.ask(crop(1));
  let isRendered = false;
  const slow = edge.ask(crop(2)).then(() => {
    isRendered = true;
  });
  await until(async () => (await load(edge)) === '1,0');
  const waiting = edge.ask(crop(3));
  await until(async () => (await load(edge)) === '1,1');
  // Until the first has expired.
  await sleep(1100);
  const answers = await Promise.all([
    edge.ask('/cat.jpg'),
    edge.ask('/nowhere.jpg'),
    edge.ask('/nowhere.jpg?t=A&w=9'),
    edge.ask(crop(4), { method: 'HEAD' }),
    edge.ask(crop(1)),
    edge.ask(crop(5)),
  ]);
  expect(isRendered).toBe(false);
  expect(answers.map(({ status, headers }) => [status, headers['x-cache']])).toEqual([
    [200, 'Miss from edgecrop'],
    [404, 'Error from edgecrop'],
    [404, 'Error from edgecrop'],
    [200, 'Miss from edgecrop'],
    [200, 'RefreshHit from edgecrop'],
    [503, 'LimitExceeded from edgecrop'],
  ]);
  await gate.open();
  await Promise.all([slow, waiting]);
});
