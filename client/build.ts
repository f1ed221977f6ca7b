import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

/** What package.json's `exports` names: the modules of `edgecrop/client`, each of which stands alone. */
const ENTRIES = ['index'];

/** Browsers of 2020 and Node 14: what has `??` needs no more. */
const TARGET = 'es2020';

/**
 * Builds the client as both kinds of module, with declarations for both.
 *
 * @param directory emptied first
 */
export function buildClient(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [format, extension] of [
    ['esm', '.mjs'],
    ['cjs', '.cjs'],
  ] as const) {
    buildSync({
      entryPoints: ENTRIES.map((entry) => join(__dirname, `${entry}.ts`)),
      bundle: true,
      minify: true,
      charset: 'ascii',
      platform: 'neutral',
      target: TARGET,
      format,
      outExtension: { '.js': extension },
      outdir: directory,
    });
  }
  const tsc = join(dirname(createRequire(__filename).resolve('typescript/package.json')), 'bin/tsc');
  const types = join(directory, 'types');
  mkdirSync(types, { recursive: true });
  execFileSync(process.execPath, [tsc, '-p', join(__dirname, 'tsconfig.json'), '--outDir', types], {
    stdio: 'inherit',
  });
  for (const entry of ENTRIES) {
    // A declaration is of the kind of module that its name says; those of tsc are CommonJS here.
    for (const extension of ['.d.mts', '.d.cts']) {
      writeFileSync(join(directory, entry + extension), `export * from './types/client/${entry}.js';\n`);
    }
  }
}

if (require.main === module) buildClient(join(__dirname, 'dist'));
