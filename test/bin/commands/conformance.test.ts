import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { drawObjects } from '../../conformance/objects';
import { serveFiles } from '../conformance/deployments';

const PROJECT = join(__dirname, '../..');

async function conformance(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/conformance.ts', ...args], { cwd: PROJECT });
  const said: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (text: Buffer) => {
      said[stream] += text.toString();
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, ...said };
}

test('a server that fails: a table, and 1', async () => {
  const url = await serveFiles(await drawObjects(), 'conformance/');
  const { code, stdout } = await conformance(url, '--prepared');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL +contract\.size-and-format +width: got 400, expected 90$/m);
  expect(stdout).toMatch(/^pass +contract\.original /m);
  expect(stdout).toMatch(/^could not tell +probe\.head-body /m);
});

test.each([
  ['neither a bucket nor --prepared', ['http://127.0.0.1:1/'], /--bucket NAME or --prepared/],
  ['no server', ['http://127.0.0.1:1/', '--prepared'], /ECONNREFUSED/],
  ['a URL with a path', ['https://example.com/photos', '--prepared'], /--prefix/],
])('what cannot be run is said, and no 1: %s', async (_name, args, text) => {
  const { code, stderr } = await conformance(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(text);
});

test('objects that are not there are said once, not sixty times', async () => {
  const url = await serveFiles(await drawObjects(), 'elsewhere/');
  const { code, stderr } = await conformance(url, '--prepared');
  expect(code).toBe(2);
  expect(stderr).toMatch(/compass\.jpg was answered 404: are the test objects there\?/);
});
