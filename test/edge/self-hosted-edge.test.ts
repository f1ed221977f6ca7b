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

describe('a crop above 1 MB', () => {
  /** Answers with as much as it is told that it may. */
  const FILLS_THE_LIMIT = `
    response.headers['x-limit'] = [{ key: 'x-limit', value: String(context.bodyLimit) }];
    return { ...response, body: Buffer.alloc(1_500_000).toString('base64'), bodyEncoding: 'base64' };`;

  test('is refused, as CloudFront would', async () => {
    const edge = await serveSelfHosted(await deploy({ handler: FILLS_THE_LIMIT }));
    expect((await edge.ask(crop(1))).status).toBe(502);
  });

  test('is answered where the edge may send as much, and the function knows', async () => {
    const edge = await serveSelfHosted(await deploy({ handler: FILLS_THE_LIMIT }), { bodyLimit: 2 });
    const { status, headers, body } = await edge.ask(crop(1));
    expect([status, headers['x-limit'], body.length]).toEqual([200, '2000000', 1_500_000]);
    expect((await edge.ask(crop(1))).headers['x-cache']).toBe('Hit from edgecrop');
  });

  test('does not come from a function elsewhere', async () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:a';
    await expect(serveSelfHosted(await deploy(), { bodyLimit: 2, function: arn })).rejects.toThrow(
      '--body-limit is for renders on this machine, and --function renders elsewhere; leave one out',
    );
  });
});
