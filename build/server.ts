/**
 * Builds the folder that a container image serves from: `npm run build:server -- --assembly cdk.out --output DIR`.
 * It holds the server in two files, and of the assembly what serving needs. Nothing of it is compiled where it runs.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { readAssembly, servedBehaviors } from '../edge/assembly/assembly';
import { nativePackage } from '../edge/functions/origin-response/native-bundle';
import { PROJECT } from './function-sources';

/** The server and the function's process, each without imports of its own. */
const BUNDLES = [
  ['bin/edgecrop-serve.ts', 'edgecrop.js'],
  ['edge/functions/origin-response/lambda-worker.cjs', 'lambda-worker.cjs'],
] as const;

export interface ServerBuildOptions {
  /** The synthesised cloud assembly. */
  readonly assembly: string;
  /** Replaced if it exists. */
  readonly output: string;
}

/** Builds for the platform of this process. */
export function buildServer({ assembly, output }: ServerBuildOptions): void {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const [entry, file] of BUNDLES) {
    buildSync({
      entryPoints: [join(PROJECT, entry)],
      outfile: join(output, file),
      bundle: true,
      platform: 'node',
      target: 'node20',
      // A stack trace in the log names functions.
      minifySyntax: true,
      minifyWhitespace: true,
      logLevel: 'warning',
    });
  }
  copyAssembly(assembly, join(output, 'cdk.out'));
}

/** Copies the templates and the functions that render. The rest of an assembly is for the deployment. */
function copyAssembly(from: string, to: string): void {
  const functions = servedBehaviors(readAssembly(from)).flatMap(({ originResponse }) =>
    originResponse ? [originResponse.assetFolder] : [],
  );
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => file.endsWith('.json')))
    cpSync(join(from, name), join(to, name));
  for (const folder of new Set(functions)) {
    const copy = join(to, basename(folder));
    cpSync(folder, copy, { recursive: true });
    replaceNativeModules(join(copy, 'node_modules'));
  }
}

/** The assembly has sharp for Lambda's platform. On another one it takes this project's place there. */
function replaceNativeModules(modules: string): void {
  if (!existsSync(modules) || existsSync(join(modules, nativePackage()))) return;
  rmSync(modules, { recursive: true });
  for (const name of ['sharp', 'detect-libc', 'semver', '@img'])
    cpSync(join(PROJECT, 'node_modules', name), join(modules, name), { recursive: true });
}

if (require.main === module) {
  const { values } = parseArgs({ options: { assembly: { type: 'string' }, output: { type: 'string' } } });
  buildServer({
    assembly: resolve(values.assembly ?? 'cdk.out'),
    output: resolve(values.output ?? 'server'),
  });
}
