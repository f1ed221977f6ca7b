import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterThisTest } from '../../../support/cleanup';

const PROJECT = join(__dirname, '../../../..');
const WATCHDOG = join(PROJECT, 'edge/functions/viewer-request/watchdog.ts');

/** Runs a program with a watchdog, in a process that it may end. */
async function runWatched(program: string) {
  const code = `const { startWatchdog } = require(${JSON.stringify(WATCHDOG)}); const watchdog = startWatchdog(); ${program}`;
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', code], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterThisTest(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const [exitCode, signal] = await once(child, 'exit');
  return { exitCode, signal, output };
}

test.each([
  ['a call that does not return', 'watchdog.guard("/a.jpg", () => { for (;;); })'],
  [
    'an async one that does not come back after its first await',
    'watchdog.guard("/a.jpg", async () => { await null; for (;;); })',
  ],
])('%s ends the process, and the log names the request', async (_name, program) => {
  const { signal, output } = await runWatched(program);
  expect(signal).toBe('SIGKILL');
  expect(JSON.parse(output)).toEqual({
    level: 'fatal',
    time: expect.any(String),
    msg: 'the viewer-request function did not return for /a.jpg; ending the process',
  });
});

test('calls that return, throw or wait leave the process alone, which can end by itself', async () => {
  const { exitCode, output } = await runWatched(`
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    try { watchdog.guard('/a.jpg', () => { throw new Error('kaputt') }) } catch (error) { console.log(error.message) }
    console.log(watchdog.guard('/b.jpg', () => 1));
    watchdog.guard('/c.jpg', () => wait(6000)).then(() => console.log('waited'));
  `);
  expect([exitCode, output]).toEqual([0, 'kaputt\n1\nwaited\n']);
});
