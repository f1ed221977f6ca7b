import { setTimeout as sleep } from 'node:timers/promises';
import { deploy, SLOW_CROPS, serveSelfHosted } from './self-hosted-edge-fixture';

const crop = (width: number) => `/cat.jpg?t=A&w=${width}`;

test('serves a bucket by its own name and place, path-style, to viewers and to the function', async () => {
  const deployment = await deploy({
    handler: `
      const [bucket] = request.origin.s3.domainName.split('.s3.');
      const read = await fetch(process.env.AWS_ENDPOINT_URL_S3 + '/' + bucket + request.uri);
      return { ...response, body: request.origin.s3.domainName + ' ' + await read.text() };`,
  });
  const edge = await serveSelfHosted(deployment);
  expect((await edge.ask('/cat.jpg')).body.toString()).toBe(
    'photos.s3.eu-west-1.amazonaws.com the bytes of a cat',
  );
});

test('more than can wait is answered 503 with Retry-After, hits go on, and it recovers', async () => {
  const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(800) }), { renders: 1, queue: 2 });
  await edge.ask(crop(0));
  // One renders before the others come: then two wait, and seven are too many.
  const first = edge.ask(crop(1));
  await sleep(150);
  const rest = await Promise.all(Array.from({ length: 9 }, (_, index) => edge.ask(crop(index + 2))));
  const hit = await edge.ask(crop(0));
  const answers = [await first, ...rest];

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, ...Array(7).fill(503)]);
  const refused = answers.find(({ status }) => status === 503);
  expect(refused?.headers).toMatchObject({
    'retry-after': '1',
    'x-cache': 'LimitExceeded from edgecrop',
  });
  expect(hit.headers['x-cache']).toBe('Hit from edgecrop');
  expect((await Promise.all([edge.ask(crop(20)), edge.ask(crop(21))])).map(({ status }) => status)).toEqual([
    200, 200,
  ]);
  expect(edge.warnings).toEqual(['overloaded: 1 running, 2 waiting; answering 503', 'no longer overloaded']);
  expect((await edge.ask('/_edgecrop/metrics')).body.toString()).toMatch(/^edgecrop_shed_total 7$/m);
});

test('closing finishes what has begun, and takes nothing new', async () => {
  const edge = await serveSelfHosted(await deploy({ handler: SLOW_CROPS(800) }));
  const slow = edge.ask(crop(1));
  await sleep(300);
  const closed = edge.close();
  await sleep(50);
  await expect(edge.ask(crop(2))).rejects.toThrow('ECONNREFUSED');
  const answer = await slow;
  await closed;
  expect([answer.status, answer.body.toString()]).toEqual([200, 'crop t=A&w=1']);
});
