import fc from 'fast-check';
import { normalisePath } from '../../../lambda/contract/path';

test.each([
  ['/%63at.jpg', '/cat.jpg'],
  ['/a+b.jpg', '/a%20b.jpg'],
  ['/a%2Bb.jpg', '/a%2Bb.jpg'],
  ['/a%2fb.jpg', undefined],
  ["/it's(1)!*.jpg", '/it%27s%281%29%21%2A.jpg'],
  ['/한국.jpg', '/%ED%95%9C%EA%B5%AD.jpg'],
  ['/%ed%95%9c', '/%ED%95%9C'],
  // NFD, as macOS writes it, stays NFD.
  ['/%E1%84%92', '/%E1%84%92'],
  ['/a%252Fb%25s%25p%2F', undefined],
  ['/a%252Fb%25s', '/a%252Fb%25s'],
  ['/a%2525s', '/a%2525s'],
  ['/a/../b', '/a/../b'],
  ['/%zz', undefined],
  ['/%ff', undefined],
])('%s', (path, expected) => {
  expect(normalisePath(path)).toBe(expected);
});

test('is idempotent and names the same key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (key) => {
      const path = normalisePath(`/${key.split('/').map(encodeURIComponent).join('/')}`) ?? '';
      expect(normalisePath(path)).toBe(path);
      expect(decodeURIComponent(path)).toBe(`/${key}`);
    }),
  );
});
