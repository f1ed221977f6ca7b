import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCache } from '../../edge/cache/stores/open-cache';
import { functionEnvironment } from '../../edge/functions/origin-response/function-environment';
import { createLogger } from '../../edge/operations/logger';
import { afterThisTest } from '../support/cleanup';
import { behavior, behaviors } from './assembly/behaviors-fixture';
import { deploy, type SelfHostedEdgeFixture, SLOW_CROPS, serveSelfHosted } from './self-hosted-edge-fixture';

const crop = (width: number) => `/cat.jpg?t=A&w=${width}`;
const silent = { namespace: 'test', warn: () => {}, info: () => {} };

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

describe('several buckets', () => {
  const fixture = behaviors({}, behavior('/avatars/*', 'avatars'));
  const files = { 'cat.jpg': 'cat', 'avatars/a.jpg': 'of photos' };
  const bodyOf = async (edge: SelfHostedEdgeFixture, path: string) => (await edge.ask(path)).body.toString();

  test('one that the assembly names is asked where it is, one that the stack would create as it is told', async () => {
    const edge = await serveSelfHosted(await deploy(fixture, files));
    expect(await bodyOf(edge, '/avatars/a.jpg')).toBe('of avatars');
    expect(await bodyOf(edge, '/avatars/a.jpg?t=A')).toBe('avatars.prod.s3.eu-central-1.amazonaws.com t=A');
    expect(await bodyOf(edge, '/cat.jpg?t=A')).toBe('photos.s3.eu-west-1.amazonaws.com t=A');
  });

  test('another one takes its place where its pattern says so', async () => {
    const edge = await serveSelfHosted(await deploy(fixture, files), {
      bucketsByPattern: new Map([['/avatars/*', 'photos']]),
    });
    expect(await bodyOf(edge, '/avatars/a.jpg')).toBe('of photos');
  });

  test.each([
    [{ bucket: undefined }, 'the bucket of the paths * is not known; name it: --bucket NAME'],
    [
      { bucketsByPattern: new Map([['/a/*', 'a']]) },
      '--bucket: got /a/*=a, allowed: the patterns /avatars/*',
    ],
  ])('fails in one line with %j', async (options, message) => {
    const deployment = await deploy(fixture, files);
    await expect(serveSelfHosted(deployment, options)).rejects.toThrow(message);
  });
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

test('says that it is well, and counts', async () => {
  const edge = await serveSelfHosted(
    await deploy({
      handler: `
        if (request.querystring.includes('w=9')) {
          response.headers['crop-status'] = [{ value: 'original;reason=too-many-pixels' }];
          return response;
        } ${SLOW_CROPS(300)}`,
    }),
  );
  const health = await edge.ask('/_edgecrop/health');
  expect([health.status, health.headers['content-type'], health.body.toString()]).toEqual([
    200,
    expect.stringMatching(/^application\/json/),
    '{"status":"ok"}',
  ]);
  await Promise.all([edge.ask(crop(1)), edge.ask(crop(1)), edge.ask(crop(1))]);
  await edge.ask(crop(1));
  await edge.ask(crop(9));
  const metrics = await edge.ask('/_edgecrop/metrics?any=query');
  expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = metrics.body.toString().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'edgecrop_hits_total 1',
      'edgecrop_misses_total 4',
      'edgecrop_collapsed_total{where="process"} 2',
      'edgecrop_renders_total 1',
      'edgecrop_fallbacks_total{reason="too-many-pixels"} 1',
      `edgecrop_response_bytes_total ${4 * 'crop t=A&w=1'.length + 'the bytes of a cat'.length}`,
      'edgecrop_requests_total{result="Hit",status="200"} 1',
      'edgecrop_request_seconds_count{result="Miss"} 4',
      'edgecrop_origin_seconds_count 2',
      'edgecrop_renders_running 0',
      'edgecrop_renders_waiting 0',
    ]),
  );
  expect(metrics.body.toString()).not.toContain('edgecrop_redis_up');
});

test('who does not send a request in time is hung up on', async () => {
  const edge = await serveSelfHosted(await deploy(), { timeouts: { headers: 400, request: 800 } });
  const { hostname, port } = new URL(edge.url);
  const socket = connect(Number(port), hostname);
  afterThisTest(() => socket.destroy());
  socket.write('GET /cat.jpg HTTP/1.1\r\nHost: x\r\n');
  let said = '';
  socket.on('data', (text) => {
    said += text;
  });
  await new Promise((resolve) => socket.once('close', resolve));
  expect(said).toMatch(/^HTTP\/1\.1 408 /);
});

test.each(['memory:0mb', 'memory:lots', 'redis:', 'disk:/tmp', 'secret'])(
  'a cache that is none is refused, without repeating it: %s',
  async (word) => {
    await expect(openCache(word, silent)).rejects.toThrow(
      /^--cache: got neither a memory size nor a Redis URL, allowed: [^\n]+$/,
    );
  },
);

test('the function finds credentials where the SDK finds them here, and nothing else of the environment', () => {
  const env = { AWS_PROFILE: 'shop', AWS_LAMBDA_FUNCTION_NAME: 'x', PASSWORD: 'x', AWS_ENDPOINT_URL_S3: 'x' };
  expect(functionEnvironment(env, 'http://localhost:9000')).toEqual({
    AWS_PROFILE: 'shop',
    AWS_CONFIG_FILE: expect.stringMatching(/\.aws.config$/),
    AWS_SHARED_CREDENTIALS_FILE: expect.stringMatching(/\.aws.credentials$/),
    AWS_ENDPOINT_URL_S3: 'http://localhost:9000',
  });
  expect(functionEnvironment({}, 'https://store.example')).toMatchObject({
    AWS_ENDPOINT_URL_S3: 'https://store.example',
  });
});

test('the log is JSON, and knows no passwords', () => {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => lines.push(line) });
  logger.warn('redis://user:p@ss@host:6379/0 and rediss://:secret@host are lost');
  logger.info({ cache: 'redis://:hunter2@host:6379' }, 'ready');
  logger.error(new Error('https://me:secret@proxy/x'));
  const said = lines.map((line) => JSON.parse(line));
  expect(said).toMatchObject([
    { level: 'warn', msg: 'redis://***@host:6379/0 and rediss://***@host are lost' },
    { level: 'info', cache: 'redis://***@host:6379', msg: 'ready' },
    { level: 'error', msg: 'https://***@proxy/x' },
  ]);
  expect(lines.join()).not.toMatch(/secret|hunter2|p@ss/);
});
