import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const BENCH = join(__dirname, '..');

/** The peers come with hundreds of megabytes that the product does not need, so they have a package of their own. */
export function installPeers(): void {
  if (existsSync(join(BENCH, 'node_modules', 'next', 'package.json'))) return;
  console.error('Installing the peers into bench/node_modules, once …');
  const { status, error } = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: BENCH,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw error ?? new Error('npm install failed in bench');
}

/** Loads one of them by name at run time, so that the project compiles without them. */
export function loadPeer<T>(name: string): T {
  return createRequire(join(BENCH, 'package.json'))(name) as T;
}
