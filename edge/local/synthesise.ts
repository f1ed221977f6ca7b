import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error';

export interface SynthesiseOptions {
  /** The folder for the cloud assembly. */
  readonly output: string;
  /**
   * The folder of the app's `cdk.json`.
   *
   * @default - this project
   */
  readonly folder?: string;
  /** Stops the CDK and everything that it started. */
  readonly signal?: AbortSignal;
}

const PROJECT = join(__dirname, '../..');

/**
 * Runs this project's CDK CLI.
 *
 * @throws UserError with the CDK's output, if it fails, and from the installed package, which brings no app
 */
export async function synthesise({ output, folder = PROJECT, signal }: SynthesiseOptions): Promise<void> {
  if (!existsSync(join(folder, 'cdk.json'))) {
    throw new UserError('--assembly: got none, allowed: the folder that npx cdk synth writes, as cdk.out');
  }
  const cdk = join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const cdkOutput: string[] = [];
  const child = spawn(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '-o', output], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The CDK starts npm and esbuild. As the leader of a process group it can be stopped together with them.
    detached: process.platform !== 'win32',
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => cdkOutput.push(text.toString()));
  const stop = () => {
    if (child.pid) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    signal?.throwIfAborted();
    if (code !== 0) throw new UserError(`cdk synth failed:\n${cdkOutput.join('').trim()}`);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
