import { nextLoader } from '../../../../client/src/adapters/next';

describe('nextLoader', () => {
  const image = { src: '/photos/cat.jpg', width: 640 };

  test.each([
    [nextLoader('https://cdn.example.com'), 'https://cdn.example.com/photos/cat.jpg?t=A&w=640&format=auto'],
    [nextLoader('', { w: 16, h: 9, quality: 60 }), '/photos/cat.jpg?t=A&w=640&h=360&quality=60'],
  ])('%#', (loader, url) => {
    expect(loader(image)).toBe(url);
  });

  test('the component decides the quality, where it says one', () => {
    expect(nextLoader('', { quality: 60 })({ ...image, quality: 75 })).toBe(
      '/photos/cat.jpg?t=A&w=640&quality=75',
    );
    expect(nextLoader('', { quality: 60 })({ ...image, quality: undefined })).toBe(
      '/photos/cat.jpg?t=A&w=640&quality=60',
    );
  });
});

test.each([
  ['https://cdn.example.com/photos/cat.jpg'],
  ['//cdn.example.com/cat.jpg'],
  ['data:image/gif;base64,R0lGODlhAQABAAAAACw='],
  ['/_next/static/media/cat.0a1b2c3d.jpg'],
  ['cat.jpg?v=2'],
  ['cat.jpg#top'],
])('refuses %s', (src) => {
  expect(() => nextLoader('https://cdn.example.com')({ src, width: 640 })).toThrow(
    new RangeError(
      `src: got "${src}", allowed: an object's key in the bucket: no URL, no ?query, no imported file`,
    ),
  );
});

test.each([
  [{ src: 'a.jpg', width: 5000 }, '/a.jpg?t=A&w=4096&h=3072'],
  [{ src: 'a.jpg', width: 333.5 }, '/a.jpg?t=A&w=334&h=250'],
])('%j is brought to what the contract allows', (image, url) => {
  expect(nextLoader('', { w: 4, h: 3 })(image)).toBe(url);
});

test('signs', () => {
  expect(
    nextLoader('', { format: 'auto' }, { sign: (url) => `${url}&sig=x` })({ src: 'a.jpg', width: 9 }),
  ).toBe('/a.jpg?t=A&w=9&format=auto&sig=x');
});

test('a height needs a width, or each width would have another shape', () => {
  expect(() => nextLoader('', { h: 3 })({ src: 'a.jpg', width: 9 })).toThrow('h: got "3", allowed: with w');
});
