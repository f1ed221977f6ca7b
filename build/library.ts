import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { PROJECT } from './function-sources';

const DIST = join(PROJECT, 'dist');

/** Read at run time, and no module that the compiler could find. */
const FILES = [
  'edge/functions/origin-response/lambda-worker.cjs',
  'playground/index.html',
  'playground/icon.svg',
];

/** The folders whose declarations are a part of the library's. */
const DECLARED = /^(?:lib|lambda)[\\/]/;

/** Where the sources are. */
const SOURCES = [
  'bin',
  'conformance',
  'cost',
  'doctor',
  'edge',
  'errors',
  'lambda',
  'lib',
  'playground',
  'signing',
];

/** Builds library and command line if a source has changed since the last build, or there was none. */
export function buildStaleLibrary(): void {
  const entry = join(DIST, 'lib', 'index.js');
  const built = existsSync(entry) ? statSync(entry).mtimeMs : 0;
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  );
  if (files.some((file) => statSync(join(PROJECT, file)).mtimeMs > built)) buildLibrary();
}

/** Compiles library and command line into `dist`: CommonJS, which ES modules import too, and declarations. */
export function buildLibrary(): void {
  const tsc = join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], {
    cwd: PROJECT,
    stdio: 'inherit',
  });
  for (const file of readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.d.ts') && !DECLARED.test(file)) rmSync(join(DIST, file));
  }
  for (const file of FILES) cpSync(join(PROJECT, file), join(DIST, file));
  for (const [entry, file] of [
    ['main.ts', 'main.js'],
    ['style/index.css', 'style.css'],
  ] as const) {
    buildSync({
      entryPoints: [join(PROJECT, 'playground', entry)],
      outfile: join(DIST, 'playground', file),
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
    });
  }
}
