import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildSync, transformSync } from 'esbuild';
import { MANIFEST } from '../lib/cropping/built-functions';
import { LIBHEIF, PACKED_MODULES } from '../lib/cropping/staged-code';
import { BUNDLES, DRAWING, PROJECT } from './function-sources';
import { lambdaModules, lockedVersion } from './lambda-modules';
import { toScript } from './viewer-request-script';

type Bundle = (typeof BUNDLES)[keyof typeof BUNDLES];

export interface BuildPlaces {
  /** The folder of the built functions. */
  readonly output: string;
  /** A file that says which files the last build read, with a hash of their contents. */
  readonly inputs: string;
}

const PLACES: BuildPlaces = {
  output: join(PROJECT, 'dist', 'functions'),
  inputs: join(PROJECT, '.cache', 'function-inputs.json'),
};

/** Builds the functions if a source of theirs has changed since the last build, or there was none. */
export function buildStaleFunctions(places: BuildPlaces = PLACES): void {
  if (isStale(places)) buildFunctions(places);
}

/** Builds everything that `lib` deploys of `lambda/`. */
export function buildFunctions(places: BuildPlaces = PLACES): void {
  const { output } = places;
  const folder = join(dirname(output), `.functions-${process.pid}`);
  try {
    const inputs = Object.values(BUNDLES).flatMap((bundle) => write(folder, bundle));
    cpSync(lambdaModules(), join(folder, 'origin-response', PACKED_MODULES), { recursive: true });
    copyLibheif(join(folder, 'origin-response', LIBHEIF));
    const manifest = {
      drawing: drawingHash(),
      contents: {
        originResponse: contentsHash(join(folder, 'origin-response')),
        invalidate: contentsHash(join(folder, 'invalidate')),
        logGroups: contentsHash(join(folder, 'log-groups')),
      },
    };
    writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(output, { recursive: true, force: true });
    renameSync(folder, output);
    noteInputs(places.inputs, inputs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the sources that went into it */
function write(folder: string, bundle: Bundle): readonly string[] {
  const { outputFiles, metafile } = buildSync({
    ...bundle,
    absWorkingDir: PROJECT,
    metafile: true,
    write: false,
  });
  const text = outputFiles[0]?.text ?? '';
  const file = join(folder, bundle.outfile);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bundle.platform === 'neutral' ? toScript(text) : text);
  return Object.keys(metafile.inputs);
}

/**
 * A hash of the minified code that draws, and of sharp's version. Comments, names and types are not in it, nor is
 * the folder or the machine.
 *
 * @param entry for tests: the module in place of the real one
 */
export function drawingHash(entry?: string): string {
  const { outputFiles } = buildSync({ ...DRAWING, ...(entry && { entryPoints: [entry] }), write: false });
  // In a second pass: next to the sources, esbuild chooses short names by how often letters occur in types too.
  const { code } = transformSync(outputFiles[0]?.text ?? '', { minify: true, target: 'node20' });
  return createHash('sha256')
    .update(code)
    .update(lockedVersion('sharp'))
    .update(lockedVersion('libheif-js'))
    .digest('hex');
}

/** Not into the code's own file, so that a deployer can replace it: its licence is the LGPL. */
function copyLibheif(folder: string): void {
  const source = join(PROJECT, 'node_modules/libheif-js/libheif-wasm');
  for (const name of ['libheif.js', 'libheif.wasm', 'LICENSE'])
    cpSync(join(source, name), join(folder, name));
}

function contentsHash(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
    .sort();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

function isStale({ output, inputs }: BuildPlaces): boolean {
  if (!existsSync(join(output, MANIFEST)) || !existsSync(inputs)) return true;
  const { files, hash } = JSON.parse(readFileSync(inputs, 'utf8')) as { files: string[]; hash: string };
  return hash !== inputsHash(files);
}

function noteInputs(file: string, inputs: readonly string[]): void {
  // The lock file stands for every dependency.
  const own = inputs.filter((path) => !path.startsWith('node_modules/'));
  const builders = readdirSync(__dirname).map((name) => relative(PROJECT, join(__dirname, name)));
  const files = [...new Set([...own, ...builders, 'package-lock.json'])].sort();
  writeFileSync(file, JSON.stringify({ files, hash: inputsHash(files) }));
}

function inputsHash(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(PROJECT, file);
    hash.update(`${file}\n`).update(existsSync(path) ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}
