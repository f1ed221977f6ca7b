import { createPathMatcher, matchesGlob } from '../../../edge/assembly/path-pattern';

// The first rows are those of AWS's own page on path patterns.
test.each([
  ['*.jpg', '/cat.jpg', true],
  ['*.jpg', '/LOGO.JPG', false],
  ['images/*.jpg', '/images/product1/cat.jpg', true],
  ['images/*.jpg', '/images/sample.gif', false],
  ['a*.jpg', '/apple.jpg', true],
  ['a*.jpg', '/abra/cadabra/magic.jpg', true],
  ['a??.jpg', '/ant.jpg', true],
  ['a??.jpg', '/a.jpg', false],
  ['*.doc*', '/.doc', true],
  ['*.doc*', '/a.docx', true],
  ['*.doc?', '/a.doc', false],
  ['/*product.jpg', '/product.jpg', true],
  ['*', '/', true],
  ['/avatars/*', '/avatars/', true],
  ['/avatars/*', '/avatars', false],
  ['/avatars/*', '/Avatars/a.jpg', false],
  ['/avatars/*', '/x/avatars/a.jpg', false],
  ['/a.b', '/aXb', false],
  ['/a**b', '/ab', true],
  // As RFC 3986 has it: escapes of unreserved letters, dots, several slashes.
  ['/avatars/*', '/%61vatars/a.jpg', true],
  ['/avatars/*', '//avatars//a.jpg', true],
  ['/avatars/*', '/x/../avatars/a.jpg', true],
  ['/avatars/*', '/x/%2e%2E/avatars/a.jpg', true],
  ['/avatars/*', '/./avatars/./a.jpg', true],
  ['/avatars/*', '/avatars/../cat.jpg', false],
  ['/a*', '/a/b/..', true],
  ['/a/b*', '/a/b/..', false],
  ['/', '/a/..', true],
  ['/avatars/*', '/avatars%2Fa.jpg', false],
  ['/a@b', '/a%40b', false],
  ['/avatars/*', '/avatars/%', true],
])('%s and %s: %s', (pattern, uri, expected) => {
  expect(createPathMatcher(pattern)(uri)).toBe(expected);
});

test('the work grows with the length of the path, whatever the pattern', () => {
  const steps = (length: number) => {
    let count = 0;
    const text = new Proxy([...`/${'a/'.repeat(length / 2)}x`], {
      get: (target, name) => {
        count++;
        return Reflect.get(target, name);
      },
    });
    expect(matchesGlob('/*/*/*/*.jpg', text)).toBe(false);
    return count;
  };
  expect(steps(8000) / steps(1000)).toBeLessThan(10);
  expect(steps(8000)).toBeLessThan(8000 * 8);
});
