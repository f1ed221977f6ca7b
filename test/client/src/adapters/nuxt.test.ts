import provider, { nuxtProvider } from '../../../../client/src/adapters/nuxt';

const baseURL = 'https://cdn.example.com';

test.each<readonly [object, string]>([
  [{}, '?t=A&format=auto'],
  [{ width: 300, height: 200, format: 'webp' }, '?t=A&w=300&h=200&format=webp'],
  [
    { width: '300', quality: '70', fit: 'fill', background: '#fff' },
    '?t=A&w=300&format=auto&quality=70&fit=cover&background=ffffff',
  ],
  [{ width: 300, fit: 'outside', t: 'thumb' }, '?t=thumb&w=300&format=auto&fit=cover'],
  // What a component does not say is there, as undefined.
  [{ width: undefined, height: undefined, format: undefined, fit: undefined }, '?t=A&format=auto'],
])('%j', (modifiers, query) => {
  expect(provider().getImage('/photos/cat.jpg', { modifiers, baseURL })).toEqual({
    url: `${baseURL}/photos/cat.jpg${query}`,
  });
});

test('signs', () => {
  const signed = nuxtProvider({ sign: (url) => `${url}&sig=x` });
  expect(signed().getImage('/a.jpg', { baseURL }).url).toBe(`${baseURL}/a.jpg?t=A&format=auto&sig=x`);
});

test('refuses a file that the build made', () => {
  expect(() => provider().getImage('/_nuxt/cat.0a1b2c.jpg', { baseURL })).toThrow(
    'src: got "/_nuxt/cat.0a1b2c.jpg"',
  );
});
