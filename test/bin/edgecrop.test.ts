import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { commandLine } from '../support/command-line';

const PROJECT = join(__dirname, '../..');

/** `edgecrop …`, to its end. */
function edgecrop(...args: readonly string[]) {
  return run(process.execPath, [commandLine(), ...args]);
}

function run(program: string, args: readonly string[]) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(program, args, { cwd: PROJECT }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test('lists its commands', async () => {
  const { code, stdout } = await edgecrop('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: edgecrop /);
  for (const name of ['dev', 'serve', 'nginx', 'keys', 'conformance', 'cost', 'doctor']) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
});

test.each([
  'dev',
  'serve',
  'nginx',
  'keys create',
  'conformance run',
  'conformance prepare',
  'cost',
  'doctor',
])('the usage of %s can be typed as it stands', async (command) => {
  const { code, stdout } = await edgecrop(...command.split(' '), '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: edgecrop ${command} `));
});

test('an unknown command is refused in one line', async () => {
  const { code, stderr } = await edgecrop('serv');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: unknown command 'serv'/);
});

test('an error of serve is JSON for a log collector, and text on a terminal', async () => {
  const args = ['serve', '--assembly', '/nowhere', '--bucket', 'photos'];
  const { stdout } = await edgecrop(...args);
  const { level, msg } = JSON.parse(stdout) as { readonly level: string; readonly msg: string };
  expect(level).toBe('fatal');
  expect(msg).toMatch(/^\/nowhere is not a cloud assembly/);
  // `script` runs a command on a terminal of its own.
  const command = [process.execPath, commandLine(), ...args].join(' ');
  const terminal = await run('script', ['-qec', command, '/dev/null']);
  expect(terminal.stdout).toBe(`edgecrop: ${msg}\r\n`);
});

test.each([
  ['serve', ['--bucket', 'photos']],
  ['dev', ['--immages', 'x']],
  ['nginx', []],
  ['cost', ['--requests', 'many']],
  ['doctor', ['--picture', 'cat.jpg']],
  ['conformance', ['ftp://x']],
  ['keys', ['rotate', '--fil', 'x']],
])('a mistake in %s ends with a call that is right', async (command, args) => {
  const { code, stderr } = await edgecrop(command, ...args);
  // It is 2 if the checks could not be run, as for a deployment that does not answer.
  expect(code).toBe(command === 'conformance' ? 2 : 1);
  expect(stderr).toMatch(new RegExp(`Example: edgecrop ${command} [^\\n]*\\n$`));
});
