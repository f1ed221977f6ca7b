import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readAssembly } from '../edge/assembly/assembly';
import { nginxConfiguration } from '../edge/functions/nginx/nginx-configuration';

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
  /**
   * The built package to run, where another version is measured.
   *
   * @default - this project's sources
   */
  readonly package?: string;
}): Promise<Running> {
  const { assembly, endpoint, args, package: built } = options;
  const program = built ? [join(built, 'dist/bin/edgecrop.js')] : ['--import', 'tsx', 'bin/edgecrop.ts'];
  const fixed = ['--assembly', assembly, '--bucket', 'photos', '--endpoint', endpoint, '--port', '0'];
  const child = spawn(process.execPath, [...program, 'serve', ...fixed, ...args], {
    cwd: join(__dirname, '..'),
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_REGION: 'us-east-1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString().slice(0, 10_000);
  });
  const url = await until(() => /"url":"([^"]+)"/.exec(output)?.[1]);
  return { url, pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
}

/** Node's own server with one answer, the most that Node can do. */
export async function startNodeHttp(body: Buffer): Promise<Running> {
  const port = await freePort();
  const code = `const body = Buffer.from(process.argv[2], 'base64');
    require('node:http').createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'image/webp', 'content-length': body.length, 'x-cache': 'Hit' });
      response.end(body);
    }).listen(process.argv[1], '127.0.0.1');`;
  const child = spawn(process.execPath, ['-e', code, String(port), body.toString('base64')], {
    stdio: 'ignore',
  });
  await wait(500);
  return { url: `http://127.0.0.1:${port}/`, pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
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
 * nginx with one worker that caches what another server answers: by the URL as it is, which is not for production, or
 * with the configuration that `edgecrop nginx` writes.
 */
export async function startNginx(
  directory: string,
  upstream: string,
  assembly: string | undefined,
): Promise<Running> {
  const port = await freePort();
  const home = mkdtempSync(join(directory, 'nginx-'));
  const listen = `127.0.0.1:${port}`;
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const plain = `proxy_cache_path ${home}/cache keys_zone=images:10m;
    server { listen ${listen}; location / { proxy_pass ${upstream}; proxy_cache images; proxy_ignore_headers Vary;
      proxy_hide_header x-cache; add_header x-cache $upstream_cache_status; } }`;
  if (assembly !== undefined) {
    const files = nginxConfiguration({
      assembly: readAssembly(assembly),
      upstream: new URL(upstream).host,
      listen,
      cachePath: join(home, 'cache'),
      folder: home,
    });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  }
  const config = `
    ${assembly === undefined ? '' : 'load_module /usr/lib/nginx/modules/ngx_http_js_module.so;'}
    daemon off; user root; pid ${home}/pid; error_log ${home}/error.log; worker_processes 1;
    events { worker_connections 256; }
    http {
      access_log off; keepalive_requests 1000000000;
      ${folders.map((name) => `${name}_temp_path ${home}/${name};`).join(' ')}
      ${assembly === undefined ? plain : `include ${home}/edgecrop.conf;`}
    }`;
  writeFileSync(join(home, 'nginx.conf'), config);
  const child = spawn('nginx', ['-c', join(home, 'nginx.conf')], { stdio: 'ignore' });
  await wait(1000);
  return { url: `http://${listen}/`, pid: child.pid ?? 0, stop: () => child.kill('SIGTERM') };
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
