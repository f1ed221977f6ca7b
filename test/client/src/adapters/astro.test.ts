import service, { type AstroImage, astroService } from '../../../../client/src/adapters/astro';

const CONFIG = { service: { config: { base: 'https://cdn.example.com' } } };

test.each<readonly [AstroImage, string]>([
  [{ src: '/cat.jpg', width: 300, height: 168.75 }, '?t=A&w=300&h=169&format=auto'],
  [{ src: '/cat.jpg', width: '300', quality: 'max', format: 'avif' }, '?t=A&w=300&format=avif&quality=100'],
  // CSS's contain pads nothing.
  [
    { src: '/cat.jpg', width: 300, fit: 'contain', position: 'top' },
    '?t=A&w=300&format=auto&fit=inside&position=north',
  ],
  [{ src: '/cat.jpg', t: 'thumb', alt: 'A cat', class: 'wide', 'data-id': 5 }, '?t=thumb&format=auto'],
])('%j', (image, query) => {
  expect(service.getURL(image, CONFIG)).toBe(`https://cdn.example.com/cat.jpg${query}`);
});

test('a srcset keeps the shape', () => {
  const image = { src: '/cat.jpg', width: 400, height: 300, alt: '' };
  const urls = (candidates: ReturnType<typeof service.getSrcSet>) =>
    candidates.map(({ transform, descriptor }) => `${service.getURL(transform, CONFIG)} ${descriptor}`);
  expect(urls(service.getSrcSet({ ...image, widths: [200, '801', 801] }))).toEqual([
    'https://cdn.example.com/cat.jpg?t=A&w=200&h=150&format=auto 200w',
    'https://cdn.example.com/cat.jpg?t=A&w=801&h=601&format=auto 801w',
  ]);
  expect(urls(service.getSrcSet({ ...image, densities: ['1.5x', 2] }))).toEqual([
    'https://cdn.example.com/cat.jpg?t=A&w=600&h=450&format=auto 1.5x',
    'https://cdn.example.com/cat.jpg?t=A&w=800&h=600&format=auto 2x',
  ]);
  expect(service.getSrcSet(image)).toEqual([]);
});

test('of the image only its attributes reach the page', () => {
  expect(
    service.getHTMLAttributes({
      ...{
        src: '/cat.jpg',
        width: 300,
        height: 168.75,
        format: 'webp',
        quality: 5,
        fit: 'cover',
        t: 'thumb',
      },
      ...{ widths: [1], position: 'top', alt: 'A cat', sizes: '100vw', loading: 'lazy' },
    }),
  ).toEqual({ alt: 'A cat', sizes: '100vw', loading: 'lazy', width: 300, height: 169 });
});

test('signs', () => {
  const signed = astroService({ sign: (url) => `${url}&sig=x` });
  expect(signed.getURL({ src: '/a.jpg' }, CONFIG)).toBe(
    'https://cdn.example.com/a.jpg?t=A&format=auto&sig=x',
  );
});

test.each([
  [{ src: '/_astro/cat.0a1b.jpg', width: 1, height: 1, format: 'jpg' }],
  ['/@fs/home/cat.jpg'],
  ['https://a/b.jpg'],
])('refuses %j', (src) => {
  expect(() => service.getURL({ src }, CONFIG)).toThrow(
    /^src: got ".*", allowed: an object's key in the bucket/,
  );
});
