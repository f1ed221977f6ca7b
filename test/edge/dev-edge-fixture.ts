import { mkdir, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { dirname, join } from 'node:path';
import { type DevEdge, type DevEdgeOptions, startDevEdge } from '../../edge/dev-edge';
import { afterThisTest, temporaryFolder } from '../support/cleanup';
import { type AssemblyFixture, writeAssembly } from './assembly/assembly-fixture';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An edge over a few files, and what it and its function have said. */
export interface EdgeFixture extends DevEdge {
  readonly images: string;
  readonly reasons: readonly string[];
  readonly output: readonly string[];
  /** How often the function ran. */
  invocations(): number;
  /** Sends a path as it is written, without any client's normalising. */
  ask(path: string, options?: AskOptions): Promise<Answer>;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts an edge that ends with the test. */
export async function serve(
  fixture: AssemblyFixture & { readonly files?: Readonly<Record<string, string | Buffer>> } = {},
  options: Partial<DevEdgeOptions> = {},
): Promise<EdgeFixture> {
  const images = await temporaryFolder();
  await writeImages(images, fixture.files ?? { 'cat.jpg': 'the bytes of a cat' });
  const reasons: string[] = [];
  const output: string[] = [];
  const edge = await startDevEdge({
    assembly: await writeAssembly(fixture),
    images,
    concurrency: 2,
    log: (line) => reasons.push(line),
    functionLog: (line) => output.push(line),
    ...options,
  });
  afterThisTest(() => edge.close());
  return {
    ...edge,
    images,
    reasons,
    output,
    invocations: () => output.filter((line) => line.startsWith('invoked')).length,
    ask: (path, asked) => ask(edge.url, path, asked),
  };
}

/** Puts files into a folder; their names are keys. */
export async function writeImages(
  folder: string,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<void> {
  for (const [key, content] of Object.entries(files)) {
    const path = join(folder, ...key.split('/'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

/** One request on a connection of its own. */
export function ask(
  base: string,
  path: string,
  { method = 'GET', headers }: AskOptions = {},
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path, method, agent: false, ...(headers && { headers }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}
