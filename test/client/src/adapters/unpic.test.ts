import { unpicProvider } from '../../../../client/src/adapters/unpic';

const CDN = 'https://cdn.example.com';
const { generate, extract, transform } = unpicProvider(CDN);

test.each([
  ['photos/cat.jpg', { width: 300 }, '/photos/cat.jpg?t=A&w=300&format=auto'],
  [
    `${CDN}/a%20b.jpg`,
    { width: '300', height: 168.75, format: 'webp' as const },
    '/a%20b.jpg?t=A&w=300&h=169&format=webp',
  ],
  [new URL(`${CDN}/cat.jpg?t=A&w=5`), {}, '/cat.jpg?t=A&format=auto'],
])('generate %s %j', (src, operations, url) => {
  expect(generate(src, operations)).toBe(CDN + url);
});

test('extract', () => {
  expect(extract(`${CDN}/cat.jpg?t=thumb&w=300&quality=70&sig=x`)).toEqual({
    src: `${CDN}/cat.jpg`,
    operations: { t: 'thumb', width: 300, quality: 70 },
  });
  expect(extract(`${CDN}/cat.jpg`)).toEqual({ src: `${CDN}/cat.jpg`, operations: {} });
  expect(extract('https://other.example.com/cat.jpg')).toBeNull();
});

test('transform keeps what is not said again', () => {
  expect(
    transform(`${CDN}/cat.jpg?t=thumb&w=300&h=200&format=webp`, {
      width: 150,
      height: 100,
      quality: undefined,
    }),
  ).toBe(`${CDN}/cat.jpg?t=thumb&w=150&h=100&format=webp`);
  expect(transform('cat.jpg', { width: 150 })).toBe(`${CDN}/cat.jpg?t=A&w=150&format=auto`);
});

test('signs, and replaces a signature', () => {
  const signed = unpicProvider(CDN, { sign: (url) => `${url}&sig=x` });
  expect(signed.transform(`${CDN}/cat.jpg?t=A&w=1&sig=old`, { width: 2 })).toBe(
    `${CDN}/cat.jpg?t=A&w=2&format=auto&sig=x`,
  );
});

test('refuses the picture of another host', () => {
  expect(() => transform('https://other.example.com/cat.jpg', {})).toThrow(
    'src: got "https://other.example.com/cat.jpg", allowed: an object\'s key in the bucket',
  );
});
