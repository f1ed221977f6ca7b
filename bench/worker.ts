import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What a worker printed, and the signal that ended it. */
export interface WorkerOutput {
  readonly printed: string;
  readonly signal: NodeJS.Signals | null;
}

/** Runs a bench's worker, which is a process of its own: its peak of memory is that of one measurement. */
export async function runWorker(worker: string, args: readonly string[], s3: string): Promise<WorkerOutput> {
  const child = spawn(process.execPath, [join(__dirname, worker), ...args], {
    env: {
      AWS_ENDPOINT_URL_S3: s3,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { printed, signal: child.signalCode };
}
