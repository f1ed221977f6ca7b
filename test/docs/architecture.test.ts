import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { documents, inlineCode } from './markdown';

const PROJECT = join(__dirname, '../..');

/** What the files of a folder may import of the project's, as docs/architecture.md says. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  'lambda/params': ['lambda/params', 'lambda'],
  'lambda/viewer-request': ['lambda/viewer-request', 'lambda/params', 'lambda'],
  'lambda/origin-response': ['lambda/origin-response', 'lambda/params', 'lambda'],
  lib: ['lib', 'lambda/params', 'lambda'],
  edge: ['edge', 'edge/cache'],
  'edge/cache': ['edge', 'edge/cache'],
};

test.each(Object.entries(MAY_KNOW))('%s knows %j', (folder, allowed) => {
  const imports = readdirSync(join(PROJECT, folder))
    .filter((name) => /\.(ts|cjs|mjs)$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(PROJECT, folder, name), 'utf8');
      return [...text.matchAll(/(?:from|import|require)\s*\(?'(\.[^']*)'/g)].map(([, path = '']) => ({
        name,
        folder: relative(PROJECT, dirname(join(PROJECT, folder, path))),
      }));
    });
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(({ folder: known }) => !allowed.includes(known))).toEqual([]);
});

test('every file that the documents name is there', () => {
  const missing = documents().flatMap((document) =>
    inlineCode(document)
      .filter((code) => /^(?:[\w-]+\/)+[\w.-]+\.(?:ts|cjs|mjs|md|svg|yaml)$/.test(code))
      .filter(
        (path) =>
          ![PROJECT, join(PROJECT, dirname(document.file))].some((from) => existsSync(join(from, path))),
      )
      .map((path) => `${path} in ${document.file}`),
  );
  expect(missing).toEqual([]);
});
