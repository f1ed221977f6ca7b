import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CloudFrontResultResponse } from 'aws-lambda';
import { compass, noise } from '../../../conformance/objects/draw';
import { functionDir } from '../../support/assembly';
import { type EventOptions, originResponseEvent, plainHeaders } from '../../support/events';
import { edgeResponseFindings } from '../../support/lambda/edge-response';
import { type RuntimeApi, startRuntimeApi } from '../../support/lambda/runtime-api';
import { testWith } from '../../support/programs';
import { type Fault, type FaultyS3, refuse, serve, startFaultyS3 } from './source/faulty-s3';

/**
 * AWS's own runtime interface client, which has to be compiled: a folder with its `index.mjs` and
 * `rapid-client.node`. `.ci/run` makes one.
 */
const folder = process.env.EDGECROP_LAMBDA_RIC;
const client = folder === undefined ? undefined : join(folder, 'index.mjs');
const node24 = process.versions.node.startsWith('24.') ? process.execPath : process.env.EDGECROP_NODE24;
const isThere = client !== undefined && existsSync(client) && node24 !== undefined;
const testUnderLambda = testWith(
  "AWS's runtime interface client (EDGECROP_LAMBDA_RIC, with Node 24)",
  isThere ? client : undefined,
);

let api: RuntimeApi;
let s3: FaultyS3;
let runtime: ChildProcess;
let said = '';
/** Rejects when the process does not live to answer. */
let ended: Promise<never>;

beforeAll(async () => {
  if (!isThere) return;
  api = await startRuntimeApi();
  s3 = await startFaultyS3();
  runtime = spawn(node24, [client], {
    cwd: functionDir(),
    env: {
      AWS_LAMBDA_RUNTIME_API: api.address,
      _HANDLER: 'index.handler',
      AWS_LAMBDA_FUNCTION_NAME: 'us-east-1.edgecrop',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/us-east-1.edgecrop',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/26/[1]0123456789abcdef',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: functionDir(),
      // Where a replica runs, which is not where the bucket is.
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_S3: s3.endpoint,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ended = new Promise((_resolve, reject) => {
    runtime.once('exit', (code) => reject(new Error(`the runtime ended with ${code}: ${said}`)));
  });
  ended.catch(() => {});
  for (const stream of [runtime.stdout, runtime.stderr]) stream?.on('data', (text) => (said += text));
});

afterAll(async () => {
  if (!isThere) return;
  runtime.kill('SIGKILL');
  await s3.close();
  await api.close();
});

/** What the function answers, and what CloudFront would hold against it. */
async function answerTo(options: EventOptions) {
  const event = originResponseEvent(options);
  const { kind, body } = await Promise.race([api.invoke(event), ended]);
  if (kind !== 'response') throw new Error(`${body}\n${said}`);
  const answer = JSON.parse(body) as CloudFrontResultResponse;
  const findings = edgeResponseFindings(answer, event.Records[0]?.cf.response.headers ?? {});
  return { answer, findings, headers: plainHeaders(answer) };
}

const CROP = 't=A&w=320&h=200';
const RENDERED = expect.stringMatching(/^rendered;size=320x200/);

testUnderLambda(
  'fifteen events, no answer that CloudFront would refuse',
  async () => {
    const photo = await compass(640, 480).jpeg().toBuffer();
    const large = await noise(1600, 1200).png().toBuffer();
    const missing = refuse(404, 'NoSuchKey');
    const cases: readonly (readonly [EventOptions, Fault, object, object])[] = [
      [{ querystring: CROP }, serve(photo), { status: '200' }, { 'crop-status': RENDERED }],
      [{ querystring: `${CROP}&format=webp` }, serve(photo), {}, { 'content-type': 'image/webp' }],
      [{ querystring: `${CROP}&format=avif` }, serve(photo), {}, { 'content-type': 'image/avif' }],
      [{ querystring: '' }, missing, { status: '200' }, { etag: '"original"' }],
      [{ querystring: CROP, method: 'HEAD' }, missing, {}, { 'crop-status': 'head' }],
      [{ querystring: CROP, method: 'OPTIONS', status: '403' }, missing, { status: '403' }, {}],
      [{ querystring: CROP, status: '304' }, missing, { status: '304' }, {}],
      [{ querystring: CROP, status: '404' }, missing, { status: '404' }, {}],
      [{ querystring: CROP, status: '403' }, missing, { status: '403' }, {}],
      [{ querystring: CROP, status: '206' }, serve(photo), { status: '200' }, { 'crop-status': RENDERED }],
      [{ querystring: 't=A&w=0' }, missing, { status: '400', bodyEncoding: 'text' }, {}],
      [
        { querystring: `${CROP}&v=00000000` },
        serve(photo),
        { status: '200' },
        { 'cache-control': 'public, max-age=60' },
      ],
      [{ querystring: CROP }, missing, {}, { 'crop-status': 'original;reason=origin-failed' }],
      [{ querystring: 't=A&format=png' }, serve(large), {}, { 'crop-status': expect.any(String) }],
      [{ querystring: CROP, domainName: 'example.com' }, missing, {}, { 'crop-status': expect.any(String) }],
    ];
    for (const [options, fault, wanted, headers] of cases) {
      s3.meet(fault);
      const { answer, findings, ...got } = await answerTo(options);
      expect({ options, findings }).toEqual({ options, findings: [] });
      expect(answer).toMatchObject(wanted);
      expect(got.headers).toMatchObject(headers);
    }
  },
  120_000,
);

testUnderLambda(
  'a process that was frozen while S3 closed its connections renders at once',
  async () => {
    s3.meet(serve(await compass(640, 480).jpeg().toBuffer()));
    expect((await answerTo({ querystring: CROP })).headers).toMatchObject({ 'crop-status': RENDERED });
    // Lambda stops the process between two events; what S3 does meanwhile it learns when it goes on.
    runtime.kill('SIGSTOP');
    s3.cutConnections();
    await setTimeout(2_000);
    const answered = answerTo({ querystring: CROP });
    runtime.kill('SIGCONT');
    expect((await answered).headers).toMatchObject({ 'crop-status': RENDERED });
  },
  60_000,
);
