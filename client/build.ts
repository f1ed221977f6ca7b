import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { minifySync } from '@swc/core';
import { build, type Plugin } from 'esbuild';
import { reportApi } from './api-report';

/** Each entry of package.json's `exports`, by the file of its source. Each stands alone. */
const ENTRIES = {
  index: 'index',
  sign: 'sign/node',
  'sign-web': 'sign/web',
  next: 'adapters/next',
  nuxt: 'adapters/nuxt',
  astro: 'adapters/astro',
  angular: 'adapters/angular',
  unpic: 'adapters/unpic',
  placeholder: 'placeholder',
} as const;

/** Browsers of 2020 and Node 14: whatever has `??` needs no more. */
const TARGET = 'es2020';

export interface BuildOptions {
  /** Whether the reports of the public face are written anew where they differ; else that is an error. */
  readonly updateReports: boolean;
}

/**
 * Builds the client as both kinds of module, with declarations for both.
 *
 * @param directory emptied first
 * @throws Error where a report of the public face in `client/api` is not current, unless it is to be written
 */
export async function buildClient(directory: string, { updateReports }: BuildOptions): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  await buildModules(directory, 'esm', '.mjs');
  await buildModules(directory, 'cjs', '.cjs');
  copyFileSync(join(__dirname, 'src/sign/page.mjs'), join(directory, 'page.mjs'));
  buildDeclarations(directory, updateReports);
}

async function buildModules(directory: string, format: 'esm' | 'cjs', extension: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(
      Object.entries(ENTRIES).map(([entry, source]) => [entry, join(__dirname, 'src', `${source}.ts`)]),
    ),
    bundle: true,
    charset: 'ascii',
    // For Node esbuild lists the names of a CommonJS module, by which Node and bundlers import them.
    platform: format === 'cjs' ? 'node' : 'neutral',
    minify: format === 'cjs',
    // Of `sign` alone, which is for servers.
    external: ['node:crypto'],
    plugins: [coreOf(extension)],
    // Of the contract's table alone; nothing that a caller sees is called so.
    mangleProps: /^(kind|words|internal|alias|aliases|unit|step|parts)$/,
    target: TARGET,
    format,
    outExtension: { '.js': extension },
    outdir: directory,
    write: false,
  });
  for (const { path, text } of outputFiles) {
    writeFileSync(path, format === 'cjs' ? text : minified(text));
  }
}

/** With functions that are used once put where they are used, which esbuild does not do: a page loads 3 % less. */
function minified(module: string): string {
  const { code } = minifySync(module, {
    module: true,
    compress: { passes: 3, toplevel: true },
    mangle: { toplevel: true },
    format: { asciiOnly: true, comments: false },
    ecma: 2020,
  });
  return code;
}

/** An adapter imports the core as its neighbour, so that a page with both loads it once. */
function coreOf(extension: string): Plugin {
  return {
    name: 'core',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\/index$/ }, () => ({ path: `./index${extension}`, external: true }));
    },
  };
}

function buildDeclarations(directory: string, updateReports: boolean): void {
  const tsc = join(dirname(createRequire(__filename).resolve('typescript/package.json')), 'bin/tsc');
  const types = join(directory, '.types');
  // Apart: what a browser loads is compiled without Node's types.
  for (const config of ['tsconfig.json', 'tsconfig.sign.json']) {
    execFileSync(process.execPath, [tsc, '-p', join(__dirname, config), '--outDir', types], {
      stdio: 'inherit',
    });
  }
  const entries = Object.entries(ENTRIES).map(([name, source]) => ({
    name,
    declarations: join(types, 'client/src', `${source}.d.ts`),
  }));
  reportApi(entries, { directory, update: updateReports });
  for (const { name } of entries) {
    // A declaration is of the kind of module that its name says.
    copyFileSync(join(directory, `${name}.d.ts`), join(directory, `${name}.d.mts`));
    renameSync(join(directory, `${name}.d.ts`), join(directory, `${name}.d.cts`));
  }
  for (const folder of [types, join(directory, '.api')]) rmSync(folder, { recursive: true });
}

if (require.main === module) {
  void buildClient(join(__dirname, 'dist'), { updateReports: process.env.CI !== 'true' });
}
