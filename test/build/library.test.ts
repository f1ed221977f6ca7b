import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const PROJECT = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

/** The packages that an entry needs at run time. */
function packagesOf(entry: string): readonly string[] {
  const { metafile } = buildSync({
    entryPoints: [join(PROJECT, entry)],
    ...{ bundle: true, write: false, metafile: true, platform: 'node', packages: 'external' },
    outdir: 'unwritten',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = imports
    .filter(({ external, path }) => external && !builtinModules.includes(path.replace(/^node:/, '')))
    .map(({ path }) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(names)].sort();
}

test('the library needs the CDK, which the app has, and what is installed with it', () => {
  expect(packagesOf('lib/index.ts')).toEqual(['aws-cdk-lib', 'constructs', 'fastest-levenshtein', 'zod']);
  expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(['fastest-levenshtein', 'zod']));
});

test('the command line needs nothing that only this project installs', () => {
  // From the sources alone the playground's script is bundled when it is asked for.
  const needed = packagesOf('bin/edgecrop.ts').filter((name) => name !== 'esbuild');
  expect(needed.length).toBeGreaterThan(5);
  expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining([...needed]));
  expect(needed).not.toContain('aws-cdk-lib');
});

test('nothing is installed for others that neither needs', () => {
  const needed = [...packagesOf('lib/index.ts'), ...packagesOf('bin/edgecrop.ts'), 'workerpool', 'sharp'];
  expect(Object.keys(manifest.dependencies).filter((name) => !needed.includes(name))).toEqual([]);
});
