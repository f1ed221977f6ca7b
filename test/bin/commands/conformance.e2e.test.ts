import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { drawObjects } from '../../../conformance/objects/objects';
import { serveFiles } from '../../conformance/deployments';
import { assemblyDir } from '../../support/assembly';
import { commandLine } from '../../support/command-line';

const PROJECT = join(__dirname, '../../..');

async function conformance(...args: readonly string[]) {
  const child = spawn(process.execPath, [commandLine(), 'conformance', ...args], {
    cwd: PROJECT,
  });
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

test('without a URL it checks an edge on this machine', async () => {
  const { code, stdout, stderr } = await conformance('--assembly', assemblyDir());
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^pass +contract\.size-and-format /m);
  // The test objects carry their metadata and can be replaced, so no check is left out.
  expect(stdout).toMatch(/^pass +headers\.object-cache-control /m);
  expect(stdout).toMatch(/This edge runs on one machine/);
  expect(code).toBe(0);
}, 120_000);

test('the installed package brings no app to synthesise, and says so in a line', async () => {
  const { code, stderr } = await conformance();
  expect(code).toBe(2);
  expect(stderr).toBe(
    'edgecrop: --assembly: got none, allowed: the folder that npx cdk synth writes, as cdk.out\n',
  );
});

test('says what it writes before it writes', async () => {
  const { stderr } = await conformance(
    ...['http://127.0.0.1:1/', '--bucket', 'photos', '--endpoint', 'http://127.0.0.1:1'],
  );
  expect(stderr).toMatch(/^writing \d+ test objects under conformance\/ into the bucket photos\n/);
});

test.each([
  ['--bucket without a URL', ['--bucket', 'photos'], /got no URL/],
  ['--assembly with a URL', ['http://127.0.0.1:1/', '--assembly', 'cdk.out', '--prepared'], /got a URL too/],
])('refuses %s', async (_name, args, text) => {
  const { code, stderr } = await conformance(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(text);
});
