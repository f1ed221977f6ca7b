import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeAssembly } from '../../edge/assembly/assembly-fixture';
import { behavior, behaviors } from '../../edge/assembly/behaviors-fixture';
import { ask, writeImages } from '../../edge/dev-edge-fixture';
import { afterThisTest, temporaryFolder } from '../../support/cleanup';
import { commandLine } from '../../support/command-line';

const PROJECT = join(__dirname, '../../..');

/** `edgecrop dev …`, in a process of its own. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [commandLine(), 'dev', ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...env },
  });
  afterThisTest(() => child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  let heard = () => {};
  child.stdout.on('data', (text) => {
    output += text;
    heard();
  });
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    heard = () => {
      const url = /edgecrop: ready on (\S+)\n(.*\n)+ {2}Ctrl-C/.exec(output)?.[1];
      if (url) resolve(url);
    };
    ended.then((status) => reject(new Error(`ended with ${status}: ${errors}`)));
  });
  ready.catch(() => {});
  return { child, ready, ended, output: () => output, errors: () => errors };
}

async function imagesFixture(): Promise<string> {
  const folder = await temporaryFolder();
  await writeImages(folder, { '한글 사진/a+b.jpg': 'picture', 'notes.txt': 'text' });
  return folder;
}

test.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, and leaves nothing behind', async (signal) => {
  const temporary = await temporaryFolder();
  const handler = `return { ...response, body: String(process.pid) };`;
  const cli = start(
    ['--images', await imagesFixture(), '--assembly', await writeAssembly({ handler }), '--port', '0'],
    { TMPDIR: temporary },
  );
  const url = await cli.ready;

  const lines = [...cli.output().matchAll(/^ {2}(\w+(?: \w+)?) +http:\/\/[^/]+(\/\S*)$/gm)];
  expect(lines.map(([, label]) => label)).toEqual(['Playground', 'A crop', 'A width', 'Original']);
  expect(cli.output()).toMatch(/^ {2}Pictures +\S+ \(1\)$/m);
  const paths = lines.map(([, , path]) => path);
  expect(paths).toEqual([
    '/_edgecrop/',
    '/%ED%95%9C%EA%B8%80%20%EC%82%AC%EC%A7%84/a%2Bb.jpg?t=A&w=480&h=480&format=auto&position=0.62,0.4',
    '/%ED%95%9C%EA%B8%80%20%EC%82%AC%EC%A7%84/a%2Bb.jpg?t=A&w=320&format=webp&quality=70',
    '/%ED%95%9C%EA%B8%80%20%EC%82%AC%EC%A7%84/a%2Bb.jpg',
  ]);
  const answer = await ask(url, paths[1] ?? '');
  expect(answer.status).toBe(200);
  expect(cli.output()).toMatch(/^GET {2}200 miss +\d+ ms +\d+ B \S+ +\/%ED\S+$/m);

  cli.child.kill(signal);
  expect(await cli.ended).toBe(0);
  expect(cli.errors()).toBe('');
  expect(() => process.kill(Number(answer.body.toString()), 0)).toThrow('ESRCH');
  expect((await readdir(temporary)).filter((name) => name.startsWith('edgecrop'))).toEqual([]);
});

test('shows another folder where a path pattern has a bucket of its own', async () => {
  const avatars = await temporaryFolder();
  await writeImages(avatars, { 'avatars/a.jpg': 'of avatars' });
  const cli = start([
    ...['--images', await imagesFixture(), '--images', `/avatars/*=${avatars}`, '--port', '0'],
    ...['--assembly', await writeAssembly(behaviors({}, behavior('/avatars/*', 'avatars')))],
  ]);
  const url = await cli.ready;
  expect((await ask(url, '/avatars/a.jpg')).body.toString()).toBe('of avatars');
  expect((await ask(url, '/notes.txt')).body.toString()).toBe('text');
  cli.child.kill('SIGTERM');
  expect(await cli.ended).toBe(0);
});

test('takes the next free port when nobody asked for one', async () => {
  const taken = createServer();
  // Another process may have it already, which is as good.
  await new Promise<void>((resolve) =>
    taken.once('error', () => resolve()).listen(8787, '127.0.0.1', resolve),
  );
  afterThisTest(() => taken.close());
  const cli = start(['--images', await imagesFixture(), '--assembly', await writeAssembly({}), '--quiet']);
  const url = new URL(await cli.ready);
  expect(Number(url.port)).toBeGreaterThan(8787);
  expect(cli.output()).toContain(`edgecrop: port 8787 is in use, so it is ${url.port}\n`);
  await ask(url.href, '/notes.txt');
  expect(cli.output()).not.toContain('GET');
  cli.child.kill('SIGTERM');
  expect(await cli.ended).toBe(0);
});

test('fails in one line when the port is in use', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => taken.close());
  const { port } = taken.address() as AddressInfo;

  const cli = start(['--images', await imagesFixture(), '--port', String(port)]);
  expect(await cli.ended).toBe(1);
  expect(cli.errors()).toBe(`edgecrop: port ${port} is in use; choose another, as in: --port ${port + 1}\n`);
});

test.each([
  [
    'the folder is missing',
    ['--images', '/nowhere/at all'],
    /^edgecrop: \/nowhere\/at all can't be opened [^\n]+\n$/,
  ],
  [
    'the port is no port',
    ['--port', '70000'],
    /^error: [^\n]*Allowed: a whole number from 0 to 65535\. Example: edgecrop dev [^\n]*\n$/,
  ],
])('fails in one line when %s', async (_, args, line) => {
  const cli = start(args);
  expect(await cli.ended).toBe(1);
  expect(cli.errors()).toMatch(line);
});

test('fails in one line when the folder is empty', async () => {
  const cli = start(['--images', await temporaryFolder()]);
  expect(await cli.ended).toBe(1);
  expect(cli.errors()).toMatch(/^edgecrop: \S+ has no files; put pictures into it or [^\n]+\n$/);
});

test('fails in one line when the assembly is none', async () => {
  const cli = start([
    '--images',
    await imagesFixture(),
    '--assembly',
    await temporaryFolder(),
    '--port',
    '0',
  ]);
  expect(await cli.ended).toBe(1);
  expect(cli.errors()).toMatch(/^edgecrop: \S+ is not a cloud assembly [^\n]+\n$/);
});
