import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A server of the comparison. */
export interface Running {
  readonly url: string;
  readonly pid: number;
  stop(): void;
}

/** A Redis that can be started again where it was. */
export interface Redis extends Running {
  readonly port: number;
}

/** `npm run edge`, in a process of its own. */
export async function startDevEdge(options: {
  readonly assembly: string;
  readonly endpoint: string;
  readonly args: readonly string[];
}): Promise<Running> {
  const { assembly, endpoint, args } = options;
  const fixed = ['--assembly', assembly, '--bucket', 'photos', '--endpoint', endpoint, '--port', '0'];
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/edgecrop.ts', 'serve', ...fixed, ...args], {
    cwd: join(__dirname, '..'),
    env: { ...process.env, AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString().slice(0, 10_000);
  });
  const url = await until(() => /"url":"([^"]+)"/.exec(output)?.[1]);
  return { url, pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
}

/** A Redis that keeps nothing on disk. */
export async function startRedis(directory: string, known?: number): Promise<Redis> {
  const port = known ?? (await freePort());
  const args = ['--port', String(port), '--save', '', '--appendonly', 'no', '--dir', directory];
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  await wait(500);
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
}

/**
 * nginx that caches what another server answers, by the URL as it is: not for production, where each spelling would be
 * an entry of its own.
 */
export async function startNginx(directory: string, upstream: string): Promise<Running> {
  const port = await freePort();
  const home = join(directory, 'nginx');
  mkdirSync(home);
  const config = `
    daemon off; pid ${home}/pid; error_log ${home}/error.log; worker_processes 1;
    events { worker_connections 256; }
    http {
      access_log off; client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy;
      fastcgi_temp_path ${home}/f; uwsgi_temp_path ${home}/u; scgi_temp_path ${home}/s;
      proxy_cache_path ${home}/cache keys_zone=images:10m;
      server {
        listen 127.0.0.1:${port};
        location / { proxy_pass ${upstream}; proxy_cache images; proxy_ignore_headers Vary; }
      }
    }`;
  writeFileSync(join(home, 'nginx.conf'), config);
  const child = spawn('nginx', ['-c', join(home, 'nginx.conf')], { stdio: 'ignore' });
  await wait(500);
  return { url: `http://127.0.0.1:${port}/`, pid: child.pid ?? 0, stop: () => child.kill('SIGTERM') };
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await wait(50);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
