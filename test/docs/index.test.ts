import { documents } from './markdown';

test.each(['docs/', 'docs/ko/'])('%sREADME.md leads to every document beside it', (folder) => {
  const beside = documents()
    .filter(({ file }) => file.startsWith(folder))
    .map(({ file, text }) => ({ name: file.slice(folder.length), text }))
    .filter(({ name }) => !name.includes('/'));
  const index = beside.find(({ name }) => name === 'README.md')?.text ?? '';
  const missing = beside
    .map(({ name }) => name)
    .filter((name) => name !== 'README.md' && !index.includes(`(${name})`));
  expect(missing).toEqual([]);
});
