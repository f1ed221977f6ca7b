import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { documents, inlineCode } from './markdown';

const PROJECT = join(__dirname, '../..');

/** What the files of a folder may not import of the project's, as docs/architecture.md says. */
const MAY_NOT_KNOW: Readonly<Record<string, RegExp>> = {
  'lambda/params': /^(?!lambda\/(?:params\/|settings$))/,
  'lambda/viewer-request': /^(?!lambda\/(?:params\/|viewer-request\/|settings$))/,
  'lambda/origin-response': /^(?!lambda\/(?:params\/|origin-response\/|settings$))/,
  // Beside the bundles, dashboards and alarms name the reasons that the function logs.
  lib: /^(?:edge|conformance|lambda\/viewer-request|lambda\/origin-response(?!\/reason$))/,
  edge: /^(?:lambda|lib|bin)\b/,
  'edge/cache': /^(?!edge\/)/,
};

test.each(Object.entries(MAY_NOT_KNOW))('%s knows nothing but what it may', (folder, forbidden) => {
  const imports = readdirSync(join(PROJECT, folder))
    .filter((name) => /\.(ts|cjs|mjs)$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(PROJECT, folder, name), 'utf8');
      return [...text.matchAll(/(?:from|import|require)\s*\(?'(\.[^']*)'/g)].map(([, path = '']) => ({
        name,
        knows: relative(PROJECT, join(PROJECT, folder, path)),
      }));
    });
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(({ knows }) => forbidden.test(knows))).toEqual([]);
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
