import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CREDENTIALS, type Deployment } from '../../edge/self-hosted-edge-fixture';
import { afterThisTest } from '../../support/cleanup';
import { commandLine } from '../../support/command-line';

const PROJECT = join(__dirname, '../../..');

/** `edgecrop serve …`, in a process of its own. */
export function runEdge(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [commandLine(), 'serve', ...args], {
    cwd: PROJECT,
    // A group of its own, as in a terminal.
    detached: true,
    env: { ...process.env, ...CREDENTIALS, ...env },
  });
  afterThisTest(() => child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text) => {
      output += text;
      const url = /"url":"([^"]+)"/.exec(output)?.[1];
      if (url) resolve(url);
    });
    ended.then((status) => reject(new Error(`ended with ${status}: ${output} ${errors}`)));
  });
  ready.catch(() => {});
  child.stderr.on('data', (text) => {
    errors += text;
  });
  return { child, ready, ended, output: () => output, errors: () => errors };
}

/** The arguments that serve a deployment on any free port. */
export function argumentsFor({ assembly, bucket, endpoint }: Deployment): readonly string[] {
  return [
    '--assembly',
    assembly,
    '--bucket',
    bucket,
    '--endpoint',
    endpoint,
    '--port',
    '0',
    '--renders',
    '2',
  ];
}
