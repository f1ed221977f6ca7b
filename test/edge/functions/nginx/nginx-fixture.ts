import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAssembly } from '../../../../edge/assembly/assembly';
import { nginxConfiguration } from '../../../../edge/functions/nginx/nginx-configuration';
import { temporaryFolder } from '../../../support/cleanup';

const MODULE = [
  '/usr/lib/nginx/modules/ngx_http_js_module.so',
  '/etc/nginx/modules/ngx_http_js_module.so',
].find(existsSync);

/** Its module for njs; undefined where nginx or the module is missing. */
export const NGINX_MODULE = ['/usr/sbin/nginx', '/usr/bin/nginx'].some(existsSync) ? MODULE : undefined;

/** nginx in front of an edge. */
export interface NginxFixture {
  readonly url: string;
  /** What it has logged. */
  errors(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts nginx with a written configuration.
 *
 * @param upstream the edge's URL
 */
export async function startNginx(
  assembly: string,
  upstream: string,
  home: string | undefined = undefined,
): Promise<NginxFixture> {
  const folder = home ?? (await temporaryFolder());
  const listen = `127.0.0.1:${await freePort()}`;
  const files = nginxConfiguration({
    assembly: readAssembly(assembly),
    upstream: new URL(upstream).host,
    listen,
    cachePath: join(folder, 'cache'),
    folder,
  });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  for (const name of temporary) await mkdir(join(folder, name));
  const main = join(folder, 'nginx.conf');
  await writeFile(
    main,
    `load_module ${NGINX_MODULE}; user root; daemon off; worker_processes 1; pid ${folder}/pid;
     error_log ${folder}/error.log; events { worker_connections 256; }
     http { access_log off; ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
            include ${folder}/edgecrop.conf; }`,
  );
  const child = spawn('nginx', ['-c', main, '-e', `${folder}/error.log`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const ended = once(child, 'exit');
  const url = `http://${listen}/`;
  while (!(await fetch(`${url}_edgecrop/health`).catch(() => undefined))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    url,
    errors: () => readFile(join(folder, 'error.log'), 'utf8'),
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
