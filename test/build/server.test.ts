import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { buildServer } from '../../build/server';
import { CREDENTIALS, deploy } from '../edge/self-hosted-edge-fixture';
import { afterThisTest, temporaryFolder } from '../support/cleanup';

const PROJECT = join(__dirname, '../..');
const example = (name: string) => readFileSync(join(PROJECT, 'examples/self-hosting', name), 'utf8');
const dockerfile = readFileSync(join(PROJECT, 'edge/Dockerfile'), 'utf8');
/** The stage that becomes the image. */
const image = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

/** What the Dockerfile's last stage copies, from a build stage whose `server` folder is given. */
async function copyAsDockerfile(server: string): Promise<string> {
  const app = await temporaryFolder();
  const copies = [...image.matchAll(/^COPY --from=build \/app\/(\S+) (\S+)$/gm)];
  expect(copies.map(([, from, to]) => [from, to])).toEqual([['server', './']]);
  cpSync(server, app, { recursive: true });
  return app;
}

async function until<T>(look: () => T | undefined, process: ChildProcess): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (process.exitCode !== null) throw new Error(`the server ended with ${process.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

test('the server starts from what the image copies, draws, and ends by SIGTERM', async () => {
  const deployment = await deploy({ handler: 'return { ...response, body: "drawn" };' });
  const output = join(await temporaryFolder(), 'server');
  buildServer({ assembly: deployment.assembly, output });
  const app = await copyAsDockerfile(output);
  expect(readdirSync(app).sort()).toEqual(['cdk.out', 'edgecrop.js', 'lambda-worker.cjs']);
  expect(bytesOf(app)).toBeLessThan(10_000_000);

  const [, entry = ''] = /^ENTRYPOINT (\[.*\])$/m.exec(image) ?? [];
  const [program, ...words] = (JSON.parse(entry) as string[]).map((word) => word.replace(/^\/app/, app));
  expect(program).toBe('node');
  const options = ['--bucket', deployment.bucket, '--endpoint', deployment.endpoint, '--port', '0'];
  const child = spawn(process.execPath, [...words, ...options, '--region', 'eu-west-1'], {
    // Nowhere near the project's own modules.
    cwd: app,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...CREDENTIALS },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterThisTest(() => child.kill('SIGKILL'));
  let log = '';
  child.stdout.on('data', (text: Buffer) => {
    log += text.toString();
  });
  const url = await until(() => /"url":"([^"]+)"/.exec(log)?.[1], child);
  const port = new URL(url).port;
  const answer = await fetch(`http://127.0.0.1:${port}/cat.jpg?t=A&w=10`);
  expect([answer.status, await answer.text()]).toEqual([200, 'drawn']);
  const health = await fetch(`http://127.0.0.1:${port}/_edgecrop/health`);
  expect(health.status).toBe(200);

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect([code, log]).toEqual([0, expect.stringContaining('"msg":"ended"')]);
});

test('of an assembly the image has the functions that render, with their modules once', async () => {
  const { assembly } = await deploy();
  const output = join(await temporaryFolder(), 'server');
  buildServer({ assembly, output });
  const folders = readdirSync(join(output, 'cdk.out'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders.map(({ name }) => name)).toEqual([expect.stringMatching(/^asset/)]);
  expect(existsSync(join(output, 'node_modules'))).toBe(false);
});

test('the image runs as its own user, in exec form, with a health check', () => {
  expect(image).toMatch(/^USER node$/m);
  expect(image).toMatch(/^HEALTHCHECK .*CMD \["node", .*\/_edgecrop\/health/m);
  expect(image).not.toMatch(/^(RUN|ENV (?!NODE_ENV))/m);
});

interface Container {
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string; readonly port: string } };
}

test('the Kubernetes example asks the health page of the port that the image opens', () => {
  const [deployment, service] = parseAllDocuments(example('kubernetes.yaml')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
  const { spec } = deployment.spec.template;
  const [container] = spec.containers as Container[];
  expect(container?.ports).toEqual([{ name: 'http', containerPort: 8787 }]);
  expect(image).toMatch(/^EXPOSE 8787$/m);
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const)
    expect(container?.[probe]?.httpGet).toEqual({ path: '/_edgecrop/health', port: 'http' });
  // Longer than the 45 seconds that the server takes at most, and the time before it is told.
  expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(45 + 3);
  expect(container?.securityContext).toMatchObject({ runAsNonRoot: true, readOnlyRootFilesystem: true });
  expect(service.spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
  expect(service.spec.selector).toEqual(deployment.spec.selector.matchLabels);
});

test('the Compose example builds this Dockerfile beside a Redis', () => {
  const [document] = parseAllDocuments(example('compose.yaml'));
  const { services } = document?.toJS() ?? {};
  expect(document?.errors).toEqual([]);
  const { context, dockerfile: file } = services.edge.build;
  const folder = join(PROJECT, 'examples/self-hosting', context);
  expect(basename(join(folder, file))).toBe('Dockerfile');
  expect(existsSync(join(folder, file))).toBe(true);
  expect(services.edge).toMatchObject({ stop_grace_period: '50s', read_only: true, tmpfs: ['/tmp'] });
  expect(Object.keys(services)).toEqual(['edge', 'redis']);
});
