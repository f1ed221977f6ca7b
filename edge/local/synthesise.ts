import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error';

export interface SynthesiseOptions {
  /** Where the cloud assembly goes. */
  readonly output: string;
  /**
   * Where the `cdk.json` of the app is.
   *
   * @default - this project
   */
  readonly folder?: string;
  /** Ends the CDK and everything that it started. */
  readonly signal?: AbortSignal;
}

const PROJECT = join(__dirname, '../..');

/**
 * Runs the CDK CLI of this project, over its own app or another one.
 *
 * @throws UserError with what the CDK said, where it fails
 */
export async function synthesise({ output, folder = PROJECT, signal }: SynthesiseOptions): Promise<void> {
  const cdk = join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const said: string[] = [];
  const child = spawn(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '-o', output], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The CDK starts npm and esbuild: as the leader of a group it can be ended together with them.
    detached: process.platform !== 'win32',
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => said.push(text.toString()));
  const end = () => {
    if (child.pid) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
  };
  signal?.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    signal?.throwIfAborted();
    if (code !== 0) throw new UserError(`cdk synth failed:\n${said.join('').trim()}`);
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
