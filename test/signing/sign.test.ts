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
])('refuses %s', (url, key, expires, message) => {
  expect(() => signUrl(url, key, { ...(expires && { expires }) })).toThrow(message);
});

test('a key that is not set is refused in the same words', () => {
  expect(() => signUrl('/a.jpg', undefined as unknown as string)).toThrow(
    'key: got undefined, allowed: 32 to 128 of A-Z, a-z, 0-9, - and _',
  );
});
