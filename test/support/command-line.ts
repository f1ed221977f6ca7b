import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const PROJECT = join(__dirname, '../..');
const COMPILED = ['bin', 'cost', 'doctor', 'conformance', 'edge', 'errors', 'lambda', 'lib', 'signing'];
const AS_THEY_ARE = ['dist', 'node_modules', 'package.json', 'playground'];

/**
 * Compiles the command line once for a whole run. Through tsx each process that a test starts would take three times
 * as long to begin.
 *
 * @param folder into which it goes, as into the published package
 */
export function compileCommandLine(folder: string): void {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...COMPILED];
  const files = execFileSync('git', listed, { cwd: PROJECT, encoding: 'utf8' }).split('\0');
  buildSync({
    absWorkingDir: PROJECT,
    entryPoints: files.filter((file) => file.endsWith('.ts')),
    outdir: folder,
    outbase: PROJECT,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Node's own `import()` wants the names of files in full.
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  for (const file of files.filter((name) => /\.(cjs|json)$/.test(name)))
    cpSync(join(PROJECT, file), join(folder, file));
  for (const name of AS_THEY_ARE) symlinkSync(join(PROJECT, name), join(folder, name));
  process.env.EDGECROP_TEST_COMMAND_LINE = join(folder, 'bin/edgecrop.js');
}

/** The script that Node runs as `edgecrop`, in a process of its own. */
export function commandLine(): string {
  const script = process.env.EDGECROP_TEST_COMMAND_LINE;
  if (script === undefined) throw new Error('test/support/set-up.ts has not run');
  return script;
}
