import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterThisTest } from '../../../support/cleanup';
import { serve } from '../../dev-edge-fixture';
import { files, misbehaving } from './misbehaving-fixture';

const deeds = {
  throws: `throw new Error('the secret reason');`,
  'throws nothing at all': 'throw undefined;',
  exits: 'process.exit(3);',
  'crashes later': 'setTimeout(() => { throw new Error("late"); }); await new Promise(() => {});',
  sleeps: 'await new Promise((resolve) => setTimeout(resolve, 60_000));',
  'never pauses': 'for (;;);',
  'fills the memory': 'const all = []; for (;;) all.push(Buffer.alloc(10_000_000, 1));',
};

test.each([
  ['throws', /the secret reason/],
  ['throws nothing at all', /undefined/],
  ['exits', /exit code 3/],
  ['crashes later', /exit code 1/],
  ['sleeps', /timed out after 1.00 seconds/],
  ['never pauses', /timed out after 1.00 seconds/],
] as const)('a function that %s costs one request: 503', async (name, reason) => {
  const edge = await serve({ handler: misbehaving(deeds[name]), files, timeout: 1 }, { concurrency: 1 });
  const bad = await edge.ask('/bad.jpg');
  const good = await edge.ask('/good.jpg');

  expect([bad.status, bad.headers['x-cache']]).toEqual([503, 'LambdaExecutionError from edgecrop']);
  expect(edge.reasons).toEqual([expect.stringMatching(reason)]);
  expect(bad.body.toString()).not.toMatch(reason);
  expect([good.status, good.body.toString()]).toEqual([200, 'good']);
});

test('a function that fills the memory costs one request: 503', async () => {
  const edge = await serve(
    { handler: misbehaving(deeds['fills the memory']), files, memory: 200 },
    { concurrency: 1 },
  );
  const bad = await edge.ask('/bad.jpg');
  const good = await edge.ask('/good.jpg');
  expect([bad.status, good.status]).toEqual([503, 200]);
  expect(edge.reasons).toEqual([expect.stringMatching(/out of memory/)]);
});

test('a function reads the bucket of its event with the credentials of its environment', async () => {
  const edge = await serve({
    files: { 'a+b 한.jpg': 'original' },
    handler: `
      const { host } = new URL(process.env.AWS_ENDPOINT_URL_S3);
      const [bucket] = request.origin.s3.domainName.split('.s3.');
      const key = request.uri.replaceAll('+', '%20');
      const read = await fetch('http://' + host + '/' + bucket + key);
      const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, HOME_OF_DEVELOPER } = process.env;
      const rest = { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, HOME_OF_DEVELOPER };
      return { ...response, body: JSON.stringify({
        read: await read.text(), ...rest, requestId: context.awsRequestId === event.Records[0].cf.config.requestId,
        remaining: context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 30_000,
        body: 'body' in response,
      }) };`,
  });
  const answer = await edge.ask('/a%2Bb%20%ED%95%9C.jpg');
  expect(JSON.parse(answer.body.toString())).toEqual({
    read: 'original',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'LOCAL',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
    requestId: true,
    remaining: true,
    body: false,
  });
});

test('what is under way when the edge closes is answered', async () => {
  const listener = createServer();
  const begun = new Promise((resolve) => listener.once('request', resolve));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => listener.close());
  afterThisTest(() => listener.closeAllConnections());
  const { port } = listener.address() as AddressInfo;

  const edge = await serve({ handler: `await fetch('http://127.0.0.1:${port}/');` });
  const waiting = edge.ask('/cat.jpg');
  await begun;
  await edge.close();
  expect((await waiting).status).toBe(503);
});
