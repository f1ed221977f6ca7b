import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { buildStaleFunctions } from '../../build/functions';
import { buildStaleLibrary } from '../../build/library';
import { codeBlocks } from '../docs/markdown';

const PROJECT = join(__dirname, '../..');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** An app elsewhere with the package as npm would publish it, and what npm would install with it. */
let app: string;
let tarball: string;
beforeAll(() => {
  buildStaleFunctions();
  buildStaleLibrary();
  app = mkdtempSync(join(tmpdir(), 'edgecrop-app-'));
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', app];
  const [{ filename }] = JSON.parse(execFileSync('npm', packing, { cwd: PROJECT, encoding: 'utf8' }));
  tarball = join(app, filename);
  const installed = join(app, 'node_modules', 'edgecrop');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '--strip-components=1', '-C', installed]);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]) {
    const link = join(app, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules', name), link, 'junction');
  }
}, 180_000);
afterAll(() => rmSync(app, { recursive: true, force: true }));

/** What a program prints, run in the app. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: app,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: status ${status}\n${stdout}${stderr}`);
  return stdout;
}

test('an app synthesises the construct', () => {
  for (const file of ['app.js', 'website.js'])
    cpSync(join(PROJECT, 'test/consumers/construct/projects', file), join(app, file));
  run(['app.js'], { CDK_OUTDIR: 'cdk.out', CDK_VALIDATION: 'false' });
  const template = JSON.parse(readFileSync(join(app, 'cdk.out/Website.template.json'), 'utf8'));
  const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
  expect(types).toEqual(expect.arrayContaining(['AWS::Lambda::Version', 'AWS::CloudFront::Function']));
  const staged = readdirSync(join(app, 'cdk.out')).find((name) => /^asset\.[0-9a-f]+$/.test(name)) ?? '';
  expect(readdirSync(join(app, 'cdk.out', staged))).toEqual(
    expect.arrayContaining(['index.mjs', 'node_modules', 'settings.json']),
  );
}, 60_000);

test("the README's example synthesises", () => {
  const readme = readFileSync(join(app, 'node_modules/edgecrop/README.md'), 'utf8');
  const code = codeBlocks(readme).get('ts app.ts') ?? '';
  writeFileSync(join(app, 'readme.js'), transformSync(code, { loader: 'ts', format: 'cjs' }).code);
  run(['readme.js'], { CDK_OUTDIR: 'readme.out', CDK_VALIDATION: 'false' });
  expect(readFileSync(join(app, 'readme.out/Images.template.json'), 'utf8')).toContain(
    'AWS::Lambda::Version',
  );
}, 60_000);

test('the command line runs', () => {
  const { bin } = JSON.parse(readFileSync(join(app, 'node_modules/edgecrop/package.json'), 'utf8'));
  const command = join(app, 'node_modules/edgecrop', bin.edgecrop);
  expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const help = run([command, '--help']);
  expect([...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)).toEqual(
    expect.arrayContaining(['dev', 'serve', 'keys', 'conformance', 'cost', 'doctor']),
  );
}, 60_000);

test('its types are found by every resolution, the oldest among them', () => {
  const attw = join(PROJECT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  expect(run([attw, tarball, '--format', 'ascii', '--no-emoji', '--no-color'])).toContain(
    'No problems found',
  );
}, 60_000);

/** What the function brings along is no package of an app's, so its own fields are nobody's here. */
const OF_THE_FUNCTION = './dist/functions/origin-response/modules/';

test('publint has nothing against the package', () => {
  const code = `
    import { readFileSync } from 'node:fs';
    import { publint } from ${JSON.stringify(join(PROJECT, 'node_modules/publint/src/index-node.js'))};
    const { buffer } = readFileSync(${JSON.stringify(tarball)});
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
    const own = messages.filter(({ args }) => !args?.filePath?.startsWith('${OF_THE_FUNCTION}'));
    console.log(messages.length, JSON.stringify(own));
  `;
  expect(run(['--input-type=module', '-e', code])).toBe('4 []\n');
}, 60_000);
