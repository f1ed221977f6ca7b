import { collect, parseCount, parsePort, parseUrl } from '../../../bin/commands/options';

test.each([
  ['0', 0],
  ['8787', 8787],
  ['65535', 65_535],
])('the port %s', (text, port) => expect(parsePort(text)).toBe(port));

test.each(['65536', '-1', '80.5', 'http', ''])('refuses the port %j', (text) => {
  expect(() => parsePort(text)).toThrow('Allowed: a whole number from 0 to 65535.');
});

test.each([
  ['1', 1],
  ['987654321', 987_654_321],
  ['999999999', 999_999_999],
])('the count %s', (text, count) => expect(parseCount(text)).toBe(count));

test.each(['0', '-3', '1.5', '1000000000', 'many', ''])('refuses the count %j', (text) => {
  expect(() => parseCount(text)).toThrow('Allowed: a whole number from 1 to 999999999.');
});

test('a URL of http or https', () => {
  expect(parseUrl('https://example.com/a?b').href).toBe('https://example.com/a?b');
  for (const text of ['example.com', 'ftp://example.com', '/a']) {
    expect(() => parseUrl(text)).toThrow('Allowed: a URL that begins with https:// or http://.');
  }
});

test('an option that is given twice keeps both values', () => {
  expect(collect('b', collect('a'))).toEqual(['a', 'b']);
});
