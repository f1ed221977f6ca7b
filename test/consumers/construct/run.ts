import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { APPS, type App, TEMPLATE_OF_TODAY } from './apps';

const PROJECT = join(__dirname, '../../..');
const CDK = join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const { devDependencies, peerDependencies } = JSON.parse(
  readFileSync(join(PROJECT, 'package.json'), 'utf8'),
) as Record<'devDependencies' | 'peerDependencies', Readonly<Record<string, string>>>;

const TOOLS = ['tsx', 'typescript', 'jest', '@swc/core', '@swc/jest', '@types/jest', '@types/node'];

/**
 * Packs the package as npm would publish it, installs it into fresh apps of every kind, and holds the templates
 * that they synthesise against each other.
 */
function main(): void {
  const root = mkdtempSync(join(tmpdir(), 'edgecrop-consumers-'));
  try {
    const tarball = pack(root);
    const newest = Object.fromEntries(
      ['aws-cdk-lib', 'constructs'].map((name) => [name, devDependencies[name] ?? '']),
    );
    const lowest = Object.fromEntries(
      Object.entries(peerDependencies).map(([name, range]) => [name, range.replace(/^\^/, '')]),
    );
    const tools = Object.fromEntries(TOOLS.map((name) => [name, devDependencies[name] ?? '']));
    install(root, 'newest', { edgecrop: tarball, ...newest, ...tools });
    // ts-node needs a compiler with an API, which TypeScript 7 does not have.
    install(root, 'newest/classic', {
      typescript: '5.9.3',
      'ts-node': '10.9.2',
      '@types/node': tools['@types/node'] ?? '',
    });
    install(root, 'lowest', { edgecrop: tarball, ...lowest });
    install(root, 'lowest/classic', {
      typescript: '5.9.3',
      'ts-node': '10.9.2',
      '@types/node': tools['@types/node'] ?? '',
    });
    install(root, 'pnpm', { edgecrop: tarball, ...newest }, 'npx --yes pnpm@10.24.0');

    const templates = APPS.map((app): [App, unknown] => [app, synthesise(root, app)]);
    for (const [app, template] of templates) {
      const [first] = templates.find(([other]) => other.cdk === app.cdk) ?? [app];
      const [, expected] = templates.find(([other]) => other === first) ?? [];
      if (!isDeepStrictEqual(template, expected))
        throw new Error(`${app.name}: another template than ${first.name}`);
    }
    say(`${templates.length} apps synthesise the same template for the same CDK`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function pack(root: string): string {
  run('npm run build', PROJECT);
  const [{ filename }] = JSON.parse(
    run(`npm pack --json --ignore-scripts --pack-destination "${root}"`, PROJECT),
  );
  return `file:${join(root, filename)}`;
}

function install(
  root: string,
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  npm = 'npm',
): void {
  const path = join(root, folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const flags = npm === 'npm' ? '--no-audit --no-fund --prefer-offline --loglevel=error' : '--silent';
  timed(`install ${folder}`, () => run(`${npm} install ${flags}`, path));
}

function synthesise(root: string, app: App): unknown {
  const folder = join(root, folderOf(app));
  mkdirSync(folder, { recursive: true });
  if (app.init) run(`node "${CDK}" init app --language ${app.init} --generate-only --no-notices`, folder);
  // Some tools look for types in the folder of the app alone.
  if (app.init)
    symlinkSync(join(root, app.installed, 'node_modules'), join(folder, 'node_modules'), 'junction');
  // A template depends on the CDK's feature flags: `cdk init` sets all that its CDK has.
  if (!app.init && app.cdk === 'newest')
    cpSync(join(root, folderOf(TEMPLATE_OF_TODAY), 'cdk.json'), join(folder, 'cdk.json'));
  for (const [file, source] of Object.entries(app.copied))
    cpSync(join(__dirname, 'projects', source), join(folder, file));
  for (const [file, json] of Object.entries(app.written))
    writeFileSync(join(folder, file), JSON.stringify(json, null, 2));
  timed(app.name, () => {
    run(`node "${CDK}" synth --quiet --no-notices --output cdk.out --app "${app.command}"`, folder);
    if (app.test) run(app.test, folder);
  });
  return JSON.parse(readFileSync(join(folder, 'cdk.out', 'Website.template.json'), 'utf8'));
}

function folderOf({ installed, name }: App): string {
  return join(installed, name.replaceAll(' ', '-'));
}

function timed(name: string, work: () => void): void {
  const started = performance.now();
  work();
  say(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function run(command: string, cwd: string): string {
  // The CDK's validation of templates costs ten seconds an app, and is not what is tested.
  const env = { ...process.env, CDK_VALIDATION: 'false', NODE_OPTIONS: '' };
  const { status, stdout, stderr } = spawnSync(command, { cwd, env, shell: true, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} in ${cwd}: status ${status}\n${stdout}${stderr}`);
  return stdout;
}

function say(line: string): void {
  process.stdout.write(`consumers: ${line}\n`);
}

main();
