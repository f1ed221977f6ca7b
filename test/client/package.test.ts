import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { KEYS } from '../support/signature-vectors';
import { Consumer } from './consumer';

const consumer = new Consumer();
afterAll(() => consumer.remove());

const USE =
  "console.log(imageUrl('', 'a b.jpg', { w: 320 }), typeof srcSet, typeof pictureSources, typeof nextLoader);";
const USED = '/a%20b.jpg?t=A&w=320 function function function\n';
const NAMES = '{ imageUrl, nextLoader, pictureSources, srcSet }';

test('is imported as a module', () => {
  consumer.write('use.mjs', `import ${NAMES} from 'edgecrop/client'; ${USE}`);
  expect(consumer.run('use.mjs')).toBe(USED);
});

test('is required', () => {
  consumer.write('use.cjs', `const ${NAMES} = require('edgecrop/client'); ${USE}`);
  expect(consumer.run('use.cjs')).toBe(USED);
});

test.each([
  ['sign.mjs', "import { signUrl } from 'edgecrop/client/sign';"],
  ['sign.cjs', "const { signUrl } = require('edgecrop/client/sign');"],
])('a server signs: %s', (name, head) => {
  consumer.write(name, `${head} console.log(signUrl('/cat.jpg', '${KEYS.current}'));`);
  expect(consumer.run(name)).toBe('/cat.jpg?sig=vVsbjppThIxQrmYQxhpUwhVhYgqiBo_zOOhY_MmncjQ\n');
});

test('the types of what signs are there', () => {
  consumer.write(
    'sign.mts',
    "import { signUrl } from 'edgecrop/client/sign';\nexport const url: number = signUrl('/a', 'b');\n",
  );
  const errors = consumer.typeErrors(['sign.mts'], { lib: ['es2020'], module: 'nodenext' });
  expect(errors).toMatch(/sign\.mts\(2,14\): error TS2322: Type 'string' is not assignable to type 'number'/);
});

test('a page does not load what signs', () => {
  expect(readFileSync(join(consumer.client, 'index.mjs'), 'utf8')).not.toMatch(/sha256|crypto|expires/);
});

test.each(['index.mjs', 'index.cjs'])('%s imports nothing and asks for nothing of Node', (name) => {
  const code = readFileSync(join(consumer.client, name), 'utf8');
  expect(code).toContain('a whole number from');
  expect(code).not.toMatch(/\brequire\(|\bfrom\s*"|\bimport\b|process\.|Buffer/);
});

test('what a page loads is below 2 kB', () => {
  expect(gzipSync(readFileSync(join(consumer.client, 'index.mjs')), { level: 9 }).length).toBeLessThan(2048);
});

test.each([
  ['use.mts', { module: 'nodenext' }],
  ['use.cts', { module: 'nodenext' }],
  ['use.ts', { module: 'esnext', moduleResolution: 'bundler' }],
])('%s sees the types, without the lib of a browser or of Node', (name, options) => {
  consumer.write(
    name,
    `import { imageUrl, type ImageParams } from 'edgecrop/client';
const crop: ImageParams = { w: 320, format: 'webp' };
export const url: string = imageUrl('', 'a.jpg', crop);
export const wrong = imageUrl('', 'a.jpg', { format: 'bmp' });
`,
  );
  const errors = consumer.typeErrors([name], { lib: ['es2020'], ...options });
  expect(errors.trim().split('\n')).toEqual([
    expect.stringContaining(`${name}(4,46): error TS2322: Type '"bmp"' is not assignable to type`),
  ]);
});
