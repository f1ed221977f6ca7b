import { commandsOf, type Document, documents } from './markdown';

function readme(name: string): Document {
  const found = documents().find(({ file }) => file === name);
  if (found === undefined) throw new Error(`got no ${name}`);
  return found;
}

const english = readme('README.md');
const korean = readme('README.ko.md');

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);

test.each([
  ['the same keys and parameters, in the same order', /^\| `(\w+)` \|/gm],
  ['the same code', /```(?:ts|json)[^\n]*\n([^`]*)```/g],
  ['the same links', /\]\(((?!README)[^)]*)\)/g],
  ['as many sections', /^(##) /gm],
])('README.ko.md has %s', (_, pattern) => {
  expect(matches(english.text, pattern).length).toBeGreaterThan(0);
  // A page that is there in Korean is its counterpart's.
  const plain = (found: readonly (string | undefined)[]) =>
    found.map((text) => text?.replace('docs/ko/', 'docs/')).sort();
  expect(plain(matches(korean.text, pattern))).toEqual(plain(matches(english.text, pattern)));
});

test('README.ko.md has the same commands', () => {
  expect(commandsOf(korean)).toEqual(commandsOf(english));
});

test('each leads to the other', () => {
  expect(english.text).toContain('(README.ko.md)');
  expect(korean.text).toContain('(README.md)');
});

const KOREAN_PAGES = documents()
  .map(({ file }) => file)
  .filter((file) => file.startsWith('docs/ko/') && file !== 'docs/ko/README.md');

test.each(KOREAN_PAGES)('%s has the commands, the code and the tables of its English page', (file) => {
  const ours = readme(file);
  const theirs = readme(file.replace('docs/ko/', 'docs/'));
  expect(commandsOf(ours)).toEqual(commandsOf(theirs));
  const plain = (text: string, pattern: RegExp) =>
    matches(text, pattern).map((code) => code?.replace('고양이', 'A cat'));
  for (const pattern of [/```(?:ts|json|html)[^\n]*\n([^`]*)```/g, /^ {4}(http\S+)$/gm])
    expect(plain(ours.text, pattern)).toEqual(plain(theirs.text, pattern));
});

test('there are pages in Korean', () => {
  expect(KOREAN_PAGES.length).toBeGreaterThan(2);
});
