import { documents } from './markdown';

test('docs/README.md leads to every document of docs/', () => {
  const inDocs = documents().filter(({ file }) => file.startsWith('docs/'));
  const index = inDocs.find(({ file }) => file === 'docs/README.md')?.text ?? '';
  const missing = inDocs
    .map(({ file }) => file.slice('docs/'.length))
    .filter((name) => name !== 'README.md' && !index.includes(`(${name})`));
  expect(missing).toEqual([]);
});
