import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { signUrl } from '../../signing/sign';
import { KEYS } from '../support/signature-vectors';

const KEY = KEYS.current;
const SIG = 'ngwSEA25_IRrWS5xssgaEE3m3MVUF2TbTK_G3kUYkI4';
const CROP = 't=A&w=320&h=240&format=webp&quality=80';

test.each([
  [`/cat.jpg?${CROP}`, `/cat.jpg?${CROP}&sig=${SIG}`],
  [`https://cdn.example.com/cat.jpg?${CROP}`, `https://cdn.example.com/cat.jpg?${CROP}&sig=${SIG}`],
  [
    `HTTPS://cdn.example.com:8443/cat.jpg?${CROP}#top`,
    `HTTPS://cdn.example.com:8443/cat.jpg?${CROP}&sig=${SIG}#top`,
  ],
  // Signed once more, it is the same.
  [`/cat.jpg?sig=x&expires=1&${CROP}&sig=y`, `/cat.jpg?${CROP}&sig=${SIG}`],
  ['/cat.jpg', '/cat.jpg?sig=vVsbjppThIxQrmYQxhpUwhVhYgqiBo_zOOhY_MmncjQ'],
  ['/cat.jpg?', '/cat.jpg?sig=vVsbjppThIxQrmYQxhpUwhVhYgqiBo_zOOhY_MmncjQ'],
  ['/한국.jpg?t=A', '/한국.jpg?t=A&sig=gT_kO9XDA4MVrdiQaCE6wra7fymYSP2Zt31y52DEFGc'],
  ['https://cdn.example.com', 'https://cdn.example.com?sig=qmqGVbcpCmATTl1miGMERZF4rGaUbwAX0oH8C0hzz_8'],
  // As a browser reads it: two slashes in front begin a host, behind a host they are of the path.
  [`//cdn.example.com/cat.jpg?${CROP}`, `//cdn.example.com/cat.jpg?${CROP}&sig=${SIG}`],
  [
    'https://cdn.example.com//cat.jpg',
    `https://cdn.example.com//cat.jpg?sig=${createHmac('sha256', KEY).update('//cat.jpg?').digest('base64url')}`,
  ],
])('%s', (url, expected) => {
  expect(signUrl(url, KEY)).toBe(expected);
});

test.each([
  [4_102_444_800, '&expires=4102444800&sig=U1gd0du8j8rtRYBd9zel5yRSM1Q_42BYDpeSKnzFHMk'],
  [
    new Date('2100-01-01T00:00:00.900Z'),
    '&expires=4102444800&sig=U1gd0du8j8rtRYBd9zel5yRSM1Q_42BYDpeSKnzFHMk',
  ],
])('until %s', (expires, tail) => {
  expect(signUrl(`/cat.jpg?${CROP}`, KEY, { expires })).toBe(`/cat.jpg?${CROP}${tail}`);
});

test.each([
  ['cat.jpg', KEY, undefined, 'url: got "cat.jpg", allowed: one with a path that begins with /'],
  ['', KEY, undefined, 'url: got "", allowed: one with a path that begins with /'],
  ['/%ff.jpg', KEY, undefined, 'url: got "/%ff.jpg", allowed: a path in UTF-8, percent-encoded'],
  ['/a.jpg', 'secret', undefined, 'key: got 6 characters, allowed: 32 to 128 of A-Z, a-z, 0-9, - and _'],
  ['/a.jpg', KEY, 1.5, 'expires: got 1.5, allowed: a date, or whole seconds since 1970'],
  [
    '/a.jpg',
    KEY,
    4_102_444_800_000,
    'expires: got 4102444800000, allowed: a date, or whole seconds since 1970',
  ],
  [
    '/a.jpg',
    KEY,
    '2027-01-01' as unknown as Date,
    'expires: got "2027-01-01", allowed: a date, or whole seconds since 1970',
  ],
  ['/a.jpg', KEY, new Date('nonsense'), 'expires: got NaN, allowed: a date, or whole seconds since 1970'],
  ['///cat.jpg', KEY, undefined, 'url: got "///cat.jpg", allowed: one with a path that begins with /'],
  ['//', KEY, undefined, 'url: got "//", allowed: one with a path that begins with /'],
  ['https:///cat.jpg', KEY, undefined, 'url: got "https:///cat.jpg", allowed: one with a path that begins'],
  [
    'https:/cat.jpg',
    KEY,
    undefined,
    'url: got "https:/cat.jpg", allowed: one with a path that begins with /',
  ],
])('refuses %s', (url, key, expires, message) => {
  expect(() => signUrl(url, key, { ...(expires && { expires }) })).toThrow(message);
});

test.each(['https://a\\cat.jpg', '/\\a/cat.jpg', '/a\\..\\b.jpg', '/a\tb.jpg', '/a.jpg?t=A\n', '/a.jpg '])(
  'refuses %j, which a browser would read as another URL',
  (url) => {
    expect(() => signUrl(url, KEY)).toThrow(
      new TypeError(
        `url: got ${JSON.stringify(url)}, allowed: no \\ in the path, no tab or line break, no space at the end`,
      ),
    );
  },
);

test('a key that is not set is refused in the same words', () => {
  expect(() => signUrl('/a.jpg', undefined as unknown as string)).toThrow(
    'key: got undefined, allowed: 32 to 128 of A-Z, a-z, 0-9, - and _',
  );
});

test('what it signs is the path that a browser asks for', () => {
  const text = fc.string({
    unit: fc.constantFrom('/', '\\', 'a', ':', '?', '#', '%41', '\t', ' ', 'é', '@'),
  });
  fc.assert(
    fc.property(fc.constantFrom('', '/', '//', 'https://cdn.example.com', 'https:'), text, (head, tail) => {
      let signed: string;
      try {
        signed = signUrl(head + tail, KEY);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        return;
      }
      const page = 'https://page.example.com/folder/';
      // A browser asks for nothing where the host is no host.
      if (!URL.canParse(signed, page)) return;
      const { pathname, search } = new URL(signed, page);
      const asked = `https://cdn.example.com${pathname}${search}`;
      expect(signUrl(asked, KEY)).toBe(asked);
    }),
    { numRuns: 3000 },
  );
});
