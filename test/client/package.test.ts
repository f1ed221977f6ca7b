import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { KEYS } from '../support/signature-vectors';
import { Consumer } from './consumer';

const ROOT = join(__dirname, '../..');
const SIGNED = '/cat.jpg?sig=vVsbjppThIxQrmYQxhpUwhVhYgqiBo_zOOhY_MmncjQ\n';

let made: Consumer | undefined;
beforeAll(async () => {
  made = await Consumer.create();
}, 120_000);
afterAll(() => made?.remove());

function consumer(): Consumer {
  if (made === undefined) throw new Error('no package before the first test');
  return made;
}

/** Bundles as a page's build does; the code, or what the bundler says against it. */
function bundled(code: string, platform: 'browser' | 'node' = 'browser'): string {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: consumer().directory, sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const USE =
  "console.log(imageUrl('', 'a b.jpg', { w: 320 }), typeof srcSet, typeof pictureSources, typeof parseUrl);";
const USED = '/a%20b.jpg?t=A&w=320 function function function\n';
const NAMES = '{ imageUrl, parseUrl, pictureSources, srcSet }';

test('is imported as a module', () => {
  consumer().write('use.mjs', `import ${NAMES} from '@edgecrop/client'; ${USE}`);
  expect(consumer().run('use.mjs')).toBe(USED);
});

test('is required', () => {
  consumer().write('use.cjs', `const ${NAMES} = require('@edgecrop/client'); ${USE}`);
  expect(consumer().run('use.cjs')).toBe(USED);
});

test.each([
  ['sign.mjs', "import { signUrl } from '@edgecrop/client/sign';"],
  ['sign.cjs', "const { signUrl } = require('@edgecrop/client/sign');"],
])('a server signs: %s', (name, head) => {
  consumer().write(name, `${head} console.log(signUrl('/cat.jpg', '${KEYS.current}'));`);
  expect(consumer().run(name)).toBe(SIGNED);
});

test.each([
  ['web.mjs', "import { signUrl } from '@edgecrop/client/sign/web';"],
  ['web.cjs', "const { signUrl } = require('@edgecrop/client/sign/web');"],
])('a worker signs: %s', (name, head) => {
  consumer().write(name, `${head} signUrl('/cat.jpg', '${KEYS.current}').then(console.log);`);
  expect(consumer().run(name)).toBe(SIGNED);
});

const ADAPTERS = [
  ['next', '{ nextLoader }', "nextLoader('')({ src: 'a.jpg', width: 9 })"],
  ['angular', '{ angularLoader }', "angularLoader('')({ src: 'a.jpg', width: 9 })"],
  ['nuxt', 'provider', "provider().getImage('/a.jpg', { modifiers: { width: 9 } }).url"],
  ['astro', 'service', "service.getURL({ src: '/a.jpg', width: 9 }, { service: { config: {} } })"],
  ['unpic', '{ unpicProvider }', "unpicProvider('').transform('a.jpg', { width: 9 })"],
] as const;

test.each(ADAPTERS)('an adapter is imported and required: %s', (entry, names, call) => {
  const required = names.startsWith('{') ? names : `{ default: ${names} }`;
  consumer().write('adapter.mjs', `import ${names} from '@edgecrop/client/${entry}'; console.log(${call});`);
  consumer().write(
    'adapter.cjs',
    `const ${required} = require('@edgecrop/client/${entry}'); console.log(${call});`,
  );
  const url = '/a.jpg?t=A&w=9&format=auto\n';
  expect([consumer().run('adapter.mjs'), consumer().run('adapter.cjs')]).toEqual([url, url]);
});

test.each([
  ['sign', "import { signUrl } from '@edgecrop/client/sign'; signUrl('/a.jpg', 'key');"],
  ['sign, required', "const { signUrl } = require('@edgecrop/client/sign'); signUrl('/a.jpg', 'key');"],
  ['sign/web', "import { signUrl } from '@edgecrop/client/sign/web'; signUrl('/a.jpg', 'key');"],
  ['sign, for its side effects', "import '@edgecrop/client/sign';"],
])('a page that imports %s does not build', (_entry, code) => {
  expect(() => bundled(code)).toThrow('Could not resolve "./a-signing-key-must-stay-on-the-server"');
  expect(bundled(code, 'node')).toBeDefined();
});

test('the types of what signs are there', () => {
  consumer().write(
    'sign.mts',
    "import { signUrl } from '@edgecrop/client/sign';\nexport const url: number = signUrl('/a', 'b');\n",
  );
  const errors = consumer().typeErrors(['sign.mts'], { lib: ['es2020'], module: 'nodenext' });
  expect(errors).toMatch(/sign\.mts\(2,14\): error TS2322: Type 'string' is not assignable to type 'number'/);
});

test('a page does not load what signs', () => {
  expect(bundled("export * from '@edgecrop/client';")).not.toMatch(/sha256|crypto|expires/);
});

test.each(['index.mjs', 'index.cjs'])('%s imports nothing and asks for nothing of Node', (name) => {
  const code = readFileSync(join(consumer().client, 'dist', name), 'utf8');
  expect(code).toContain('a whole number from');
  expect(code).not.toMatch(/\brequire\(|\bfrom\s*"|\bimport\b|process\.|Buffer/);
});

/** Bytes of gzip. An adapter's are those above the core's. */
test.each<readonly [string, number]>([
  ["export * from '@edgecrop/client';", 2600],
  ["export { imageUrl, srcSet, pictureSources } from '@edgecrop/client';", 2350],
  ["export { imageUrl } from '@edgecrop/client';", 2048],
  ...ADAPTERS.map(
    ([entry]) =>
      [`export * from '@edgecrop/client'; export * as a from '@edgecrop/client/${entry}';`, 3900] as const,
  ),
])('a page loads of %s at most %d bytes', (code, limit) => {
  expect(gzipSync(bundled(code), { level: 9 }).length).toBeLessThanOrEqual(limit);
});

test.each([
  ['use.mts', { module: 'nodenext' }],
  ['use.cts', { module: 'nodenext' }],
  ['use.ts', { module: 'esnext', moduleResolution: 'bundler' }],
])('%s sees the types, without the lib of a browser or of Node', (name, options) => {
  consumer().write(
    name,
    `import { imageUrl, type ImageParams } from '@edgecrop/client';
import { nextLoader } from '@edgecrop/client/next';
import { unpicProvider } from '@edgecrop/client/unpic';
const crop: ImageParams = { w: 320, format: 'webp' };
export const url: string = imageUrl('', 'a.jpg', crop);
export const wrong = imageUrl('', 'a.jpg', { format: 'bmp' });
export const urls = [nextLoader('')({ src: 'a.jpg', width: 9 }), unpicProvider('').generate('a.jpg', {})];
`,
  );
  const errors = consumer().typeErrors([name], { lib: ['es2020'], ...options });
  expect(errors.trim().split('\n')).toEqual([
    expect.stringContaining(`${name}(6,46): error TS2322: Type '"bmp"' is not assignable to type`),
  ]);
});

test('publint has nothing against the package', () => {
  const publint = join(ROOT, 'node_modules/publint/src/cli.js');
  expect(
    execFileSync(process.execPath, [publint, consumer().client, '--strict'], { encoding: 'utf8' }),
  ).toContain('All good!');
});

test('its types are found by every resolution, the oldest among them', () => {
  const pack = spawnSync('npm', ['pack', '--ignore-scripts', '--silent'], {
    cwd: consumer().client,
    encoding: 'utf8',
  });
  const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const { stdout, status } = spawnSync(
    process.execPath,
    [attw, join(consumer().client, pack.stdout.trim()), '--format', 'ascii', '--no-emoji', '--no-color'],
    { encoding: 'utf8' },
  );
  expect(stdout).toContain('No problems found');
  expect(status).toBe(0);
});
