import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROJECT = join(__dirname, '../..');

/** What a command said, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A copy of the project that a reader has just cloned, where commands may write what they like. */
export interface Clone {
  readonly folder: string;
  /** Runs a command to its end. */
  run(command: string, env?: NodeJS.ProcessEnv): Promise<Ended>;
  /** Runs a command until it serves, on any free port in place of the documented one; ends with the clone. */
  serve(command: string, options?: ServeOptions): Promise<string>;
  remove(): Promise<void>;
}

export interface ServeOptions {
  /** Added to the command: what stands in for what CI has not. */
  readonly options?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Copies what is under version control, or new and not ignored, and what `npm ci` makes: the packages, and by its
 * `prepare` the build.
 */
export async function cloneProject(): Promise<Clone> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-clone-'));
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  for (const file of list.split('\0').filter(Boolean)) {
    await cp(join(PROJECT, file), join(folder, file), { force: true }).catch(ignoreMissing);
  }
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  for (const built of ['dist/functions', '.cache/function-inputs.json'])
    await cp(join(PROJECT, built), join(folder, built), { recursive: true });
  const children = new Set<ChildProcess>();

  const start = (command: string, env: NodeJS.ProcessEnv = {}) => {
    const child = spawn('bash', ['-c', command], {
      cwd: folder,
      // A group of its own, to be ended with all that it has started.
      detached: true,
      env: { ...process.env, npm_config_loglevel: 'error', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    let output = '';
    let heard = () => {};
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        output += text;
        heard();
      });
    const ended = new Promise<Ended>((resolve) =>
      child.once('close', (status) => {
        children.delete(child);
        resolve({ status, output });
      }),
    );
    const hears = (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        heard = () => {
          const found = pattern.exec(output)?.[1];
          if (found !== undefined) resolve(found);
        };
        void ended.then(({ status }) => reject(new Error(`${command} ended with ${status}: ${output}`)));
      });
    return { ended, hears };
  };

  return {
    folder,
    run: (command, env) => start(command, env).ended,
    serve: (command, { options = '', env } = {}) => {
      const more = `${options} --port 0`.trim();
      const whole = command.includes(' -- ') ? `${command} ${more}` : `${command} -- ${more}`;
      return start(whole, env).hears(/(?:ready on |"url":")(http:\/\/[^\s"]+)/);
    },
    remove: async () => {
      await Promise.all([...children].map(end));
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  if (child.pid === undefined) return;
  process.kill(-child.pid, 'SIGKILL');
  await closed;
}

/** A file that was removed and not yet committed. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** The folder of a clone's pictures, for who has none of their own. */
export function pictures(clone: Clone): string {
  return join(clone.folder, 'samples/images');
}

/** Where a program is on this machine; undefined where it is not. */
export function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
