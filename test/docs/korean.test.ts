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
  const plain = (found: readonly (string | undefined)[]) => [...found].sort();
  expect(plain(matches(korean.text, pattern))).toEqual(plain(matches(english.text, pattern)));
});

test('README.ko.md has the same commands', () => {
  expect(commandsOf(korean)).toEqual(commandsOf(english));
});

test('each leads to the other', () => {
  expect(english.text).toContain('(README.ko.md)');
  expect(korean.text).toContain('(README.md)');
});
