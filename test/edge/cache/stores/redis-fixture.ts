import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterThisTest, temporaryFolder } from '../../../support/cleanup';
import { testWith } from '../../../support/programs';

const program = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'redis-server'))
  .find((path) => existsSync(path));

/** `test`, where there is a Redis. */
export const testWithRedis = testWith('redis-server', program);

/** A Redis of the test's own, on a port that stays the same when it is started again. */
export interface RedisFixture {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, and whatever it held. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It stays connected and says nothing more. */
  pause(): void;
  resume(): void;
  /** Runs a command in `redis-cli`'s spelling, over a connection of its own. */
  command(...words: readonly string[]): string;
}

/** @param settings as on the command line */
export async function startRedis(...settings: readonly string[]): Promise<RedisFixture> {
  return startRedisServer({ settings });
}

export interface RedisServerOptions {
  readonly settings?: readonly string[];
  /** The file that a Sentinel reads and rewrites; it is started in place of a Redis. */
  readonly sentinelFile?: string;
  /** The certificate, its key and its authority, by which alone the server is spoken to. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca: string };
  readonly port?: number;
}

export async function startRedisServer(options: RedisServerOptions): Promise<RedisFixture> {
  const { settings = [], sentinelFile, tls } = options;
  const port = options.port ?? (await freePort());
  const listen = tls
    ? [
        '--port',
        '0',
        '--tls-port',
        String(port),
        '--tls-cert-file',
        tls.cert,
        '--tls-key-file',
        tls.key,
      ].concat(['--tls-ca-cert-file', tls.ca, '--tls-auth-clients', 'no'])
    : ['--port', String(port)];
  const directory = await temporaryFolder();
  let child: ChildProcess | undefined;
  const start = async () => {
    const started = spawn(
      program ?? 'redis-server',
      sentinelFile
        ? [sentinelFile, '--sentinel', '--port', String(port), '--bind', '127.0.0.1', '--dir', directory]
        : [...listen, '--bind', '127.0.0.1', '--save', '', '--dir', directory, ...settings],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child = started;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      started.once('close', () => reject(new Error(`redis-server ended: ${said}`)));
      started.stdout.on('data', (text: Buffer) => {
        said += text;
        if (/Ready to accept connections|Sentinel ID is/.test(said)) resolve();
      });
    });
  };
  const kill = async () => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null) return;
    const closed = new Promise((resolve) => ending.once('close', resolve));
    ending.kill('SIGKILL');
    await closed;
  };
  await start();
  afterThisTest(kill);
  return {
    port,
    url: `redis${tls ? 's' : ''}://${tls ? 'localhost' : '127.0.0.1'}:${port}`,
    kill,
    start,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    command: (...words) =>
      execFileSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).trim(),
  };
}

/**
 * A port below those that systems hand out by themselves (Linux from 32,768, macOS from 49,152): a connection or
 * a server on port 0 of another test can't take it before Redis has it, nor while Redis is down.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_768);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
