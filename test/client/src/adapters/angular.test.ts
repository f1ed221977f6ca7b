import { angularLoader } from '../../../../client/src/adapters/angular';

const CDN = 'https://cdn.example.com';

test.each([
  [{ src: 'photos/cat.jpg' }, '/photos/cat.jpg?t=A&format=auto'],
  [{ src: '/photos/cat.jpg', width: 640 }, '/photos/cat.jpg?t=A&w=640&format=auto'],
  [{ src: 'cat.jpg', width: 640, height: 360.5 }, '/cat.jpg?t=A&w=640&h=361&format=auto'],
  [{ src: 'cat.jpg', width: 30, isPlaceholder: true }, '/cat.jpg?t=A&w=30&format=auto&quality=20'],
  [
    {
      src: 'cat.jpg',
      width: 640,
      loaderParams: { fit: 'fill', position: 'left top', quality: 60, format: 'webp' },
    },
    '/cat.jpg?t=A&w=640&format=webp&quality=60&fit=cover&position=northwest',
  ],
])('%j', (image, url) => {
  expect(angularLoader(CDN)(image)).toBe(CDN + url);
});

test('w and h of the loader are a shape, which the component can change', () => {
  const loader = angularLoader('', { w: 4, h: 3 });
  expect(loader({ src: 'a.jpg', width: 640 })).toBe('/a.jpg?t=A&w=640&h=480');
  expect(loader({ src: 'a.jpg', width: 640, height: 100 })).toBe('/a.jpg?t=A&w=640&h=100');
});

test('signs', () => {
  expect(angularLoader('', {}, { sign: (url) => `${url}&sig=x` })({ src: 'a.jpg' })).toBe('/a.jpg?t=A&sig=x');
});

test('refuses a URL', () => {
  expect(() => angularLoader('')({ src: 'https://cdn.example.com/a.jpg' })).toThrow(
    'src: got "https://cdn.example.com/a.jpg", allowed: an object\'s key in the bucket',
  );
});
