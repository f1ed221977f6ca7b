import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCAL_CREDENTIALS, startLocalS3 } from '../../edge/local/local-s3';
import {
  type SelfHostedEdge,
  type SelfHostedEdgeOptions,
  startSelfHostedEdge,
} from '../../edge/self-hosted-edge';
import { afterThisTest, temporaryFolder } from '../support/cleanup';
import { type AssemblyFixture, writeAssembly } from './assembly/assembly-fixture';
import { type Answer, type AskOptions, ask, writeImages } from './dev-edge-fixture';

/** A handler that takes its time over crops, and answers them with their query string. */
export const SLOW_CROPS = (milliseconds: number) => `
  if (response.status !== '200' || !request.querystring) return response;
  await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
  response.headers['content-type'] = [{ key: 'Content-Type', value: 'text/plain' }];
  response.headers['crop-status'] = [{ key: 'crop-status', value: 'rendered;size=1x1' }];
  delete response.headers['content-length'];
  return { ...response, body: 'crop ' + request.querystring };`;

/** A gate that functions wait at until the test opens it. */
export interface Gate {
  /** For a handler: waits until the gate is open. */
  readonly pass: string;
  open(): Promise<void>;
  close(): Promise<void>;
  /** How many have come to it so far. */
  arrivals(): Promise<number>;
}

/** @returns a gate that is closed, and open after the test: else its functions would wait for ever */
export async function createGate(): Promise<Gate> {
  const folder = await temporaryFolder();
  const file = join(folder, 'open');
  const log = join(folder, 'arrivals');
  await writeFile(log, '');
  const open = () => writeFile(file, '');
  afterThisTest(open);
  const pass = `
    const { appendFileSync, existsSync } = await import('node:fs');
    appendFileSync(${JSON.stringify(log)}, '.');
    while (!existsSync(${JSON.stringify(file)})) await new Promise((resolve) => setTimeout(resolve, 20));`;
  return {
    pass,
    open,
    close: () => rm(file, { force: true }),
    arrivals: async () => (await readFile(log)).length,
  };
}

/** A store that several edges share, and the assembly that they serve. */
export interface Deployment {
  readonly assembly: string;
  readonly bucket: string;
  readonly endpoint: string;
}

export interface SelfHostedEdgeFixture extends SelfHostedEdge {
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly output: readonly string[];
  invocations(): number;
  ask(path: string, options?: AskOptions): Promise<Answer>;
}

/** An S3-compatible store over a few files, and a second bucket, `avatars.prod`. */
export async function deploy(
  fixture: AssemblyFixture = {},
  files: Readonly<Record<string, string | Buffer>> = { 'cat.jpg': 'the bytes of a cat' },
): Promise<Deployment> {
  const folder = await temporaryFolder();
  await writeImages(folder, files);
  const others = await temporaryFolder();
  await writeImages(others, { 'avatars/a.jpg': 'of avatars' });
  const folders = new Map([
    ['photos', folder],
    ['avatars.prod', others],
  ]);
  const store = await startLocalS3({ folders });
  afterThisTest(() => store.close());
  return { assembly: await writeAssembly(fixture), bucket: 'photos', endpoint: store.endpoint };
}

/** The variables in which the SDK looks for credentials first. */
export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
} as const;

/** Starts an edge for production that ends with the test. */
export async function serveSelfHosted(
  deployment: Deployment,
  options: Partial<SelfHostedEdgeOptions> = {},
): Promise<SelfHostedEdgeFixture> {
  Object.assign(process.env, CREDENTIALS);
  const warnings: string[] = [];
  const infos: string[] = [];
  const output: string[] = [];
  const edge = await startSelfHostedEdge({
    ...deployment,
    region: 'eu-west-1',
    host: '127.0.0.1',
    port: 0,
    renders: 2,
    warn: (line) => warnings.push(line),
    info: (line) => infos.push(line),
    functionLog: (line) => output.push(line),
    ...options,
  });
  afterThisTest(() => edge.close());
  return {
    ...edge,
    warnings,
    infos,
    output,
    invocations: () => output.filter((line) => line.startsWith('invoked')).length,
    ask: (path, asked) => ask(edge.url, path, asked),
  };
}
