import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './function-sources';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

/** Never read by the function. */
const UNREAD_FOLDERS = ['.package-lock.json', '.bin', 'sharp/src', 'sharp/install'];
const UNREAD_FILES = /\.(md|d\.ts|d\.mts|d\.cts|map|h)$/i;

/** The version of a package that the project's lock file names. */
export function lockedVersion(name: string): string {
  const version = readLock().packages[`node_modules/${name}`]?.version;
  if (version === undefined) throw new Error(`package-lock.json: got no ${name}; run npm install`);
  return version;
}

/**
 * sharp and its libraries as the lock file names them, for Lambda's platform whatever machine this is. They are
 * installed once and kept in `.cache`.
 * https://sharp.pixelplumbing.com/install/#cross-platform
 *
 * @returns the folder with the modules
 */
export function lambdaModules(): string {
  const { packages } = readLock();
  const locked = Object.entries(packages).filter(([name]) =>
    /^node_modules\/(?:@img\/|sharp|detect-libc|semver)/.test(name),
  );
  const key = createHash('sha256').update(JSON.stringify(locked)).digest('hex').slice(0, 16);
  const folder = join(PROJECT, '.cache', `lambda-modules-${key}`);
  if (!existsSync(folder)) install(folder);
  return folder;
}

function install(folder: string): void {
  mkdirSync(join(PROJECT, '.cache'), { recursive: true });
  const work = mkdtempSync(join(PROJECT, '.cache', 'install-'));
  try {
    writeFileSync(
      join(work, 'package.json'),
      JSON.stringify({ dependencies: { sharp: lockedVersion('sharp') } }),
    );
    cpSync(join(PROJECT, 'package-lock.json'), join(work, 'package-lock.json'));
    const flags = ['--os=linux', '--cpu=x64', '--libc=glibc', '--ignore-scripts', '--prefer-offline'];
    // One text for a shell, which Windows needs to start npm; none of it comes from outside.
    execFileSync(`npm ci ${flags.join(' ')} --no-audit --no-fund --loglevel=error`, {
      cwd: work,
      shell: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const modules = join(work, 'node_modules');
    for (const path of UNREAD_FOLDERS) rmSync(join(modules, path), { recursive: true, force: true });
    for (const path of readdirSync(modules, { recursive: true, encoding: 'utf8' })) {
      if (UNREAD_FILES.test(path)) rmSync(join(modules, path), { force: true });
    }
    if (!existsSync(folder)) renameSync(modules, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function readLock(): LockFile {
  return JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')) as LockFile;
}
