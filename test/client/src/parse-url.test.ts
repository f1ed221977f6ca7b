import fc from 'fast-check';
import { type ImageParams, imageUrl, parseUrl } from '../../../client/src';
import { describeBadInput } from '../../../lambda/contract/bad-input';
import { normalise } from '../../../lambda/contract/normalise';
import { FORMAT, PARAMETERS, POSITION } from '../../../lambda/contract/parameters/table';
import { parse } from '../../../lambda/contract/parse';
import { readQuery } from '../../../lambda/contract/query';

const CDN = 'https://cdn.example.com';

test.each([
  [CDN, `${CDN}/photos/cat.jpg`, { key: 'photos/cat.jpg', params: {} }],
  [CDN, `HTTPS://CDN.example.com/cat.jpg?t=A&w=0320#top`, { key: 'cat.jpg', params: { t: 'A', w: 320 } }],
  [`${CDN}/img/`, `${CDN}/img/a%20b%2Bc.jpg?t=A`, { key: 'a b+c.jpg', params: { t: 'A' } }],
  ['', '/a+b.jpg?t=A', { key: 'a b.jpg', params: { t: 'A' } }],
  ['/img', '/%69mg/%ED%95%9C%EA%B5%AD.jpg', { key: '한국.jpg', params: {} }],
  [
    CDN,
    `${CDN}/a.jpg?sig=x&expires=1&utm_source=y&position=0.30%2C0.7&format=JPG&t=thumb&dpr=1.50`,
    { key: 'a.jpg', params: { t: 'thumb', format: 'jpeg', position: '0.3,0.7', dpr: 1.5 } },
  ],
  // Without a type it is the original, whatever else the query says.
  [CDN, `${CDN}/a.jpg?w=320&h=&t=`, { key: 'a.jpg', params: {} }],
])('%j %s', (base, url, parsed) => {
  expect(parseUrl(base, url)).toEqual(parsed);
});

test.each([
  [CDN, 'https://other.example.com/a.jpg'],
  [CDN, 'https://cdn.example.com.evil.example/a.jpg'],
  [CDN, '/a.jpg'],
  [CDN, `${CDN}/`],
  [CDN, CDN],
  [CDN, `${CDN}//a.jpg`],
  [CDN, `${CDN}/%ff.jpg`],
  [`${CDN}/img`, `${CDN}/image/a.jpg`],
  ['', `${CDN}/a.jpg`],
  ['', 'a.jpg'],
])('%j does not begin %s', (base, url) => {
  expect(parseUrl(base, url)).toBeUndefined();
});

test.each([
  ['t=A&w=abc', 'w: got "abc", allowed: a whole number from 1 to 4096 (pixels)'],
  ['t=A&w=1&w=2', 'w: got "1 and 2", allowed: one value'],
  ['t=A&format=auto-avif', 'format: got "auto-avif", allowed: one of jpeg, png, webp, avif, auto, json, jpg'],
])('refuses %s with the line of the deployment', (query, line) => {
  expect(() => parseUrl('', `/a.jpg?${query}`)).toThrow(new RangeError(line));
  const parsed = parse(readQuery(query), { A: {} }, false);
  if (parsed.kind !== 'bad') throw new Error('the deployment takes it');
  expect(describeBadInput(parsed.bad)).toBe(`${line}\n`);
});

const key = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => !/^\/|(^|\/)\.\.?(\/|$)/.test(text));

/** Queries as viewers write them: values that are allowed in any spelling and order, and what is no parameter. */
const query = fc
  .record(
    {
      t: fc.constantFrom('A', 'thumb', '%41', '%EA%B3%A0'),
      w: fc.integer({ min: 1, max: 4096 }).map((value) => `0${value}`),
      format: fc.constantFrom(...FORMAT.words, 'JPG'),
      position: fc.constantFrom(...POSITION.words, '0.5,0.50', '1,0.123456', '0.3%2C0.7'),
      dpr: fc.constantFrom('1', '1.50', '2.000'),
      raw: fc.constantFrom('5', ''),
      sig: fc.constantFrom('x'),
    },
    { requiredKeys: [] },
  )
  .chain((record) => fc.shuffledSubarray(Object.entries(record), { minLength: Object.keys(record).length }))
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

test('what is read and written again is the normal form', () => {
  fc.assert(
    fc.property(key, query, (name, text) => {
      const parsed = parseUrl(CDN, `${imageUrl(CDN, name)}?${text}`);
      expect(parsed?.key).toBe(name);
      const written = imageUrl(CDN, name, parsed?.params);
      const normal = normalise(readQuery(text));
      const isCrop = /^t=/.test(normal);
      expect(written).toBe(`${imageUrl(CDN, name)}${isCrop ? `?${normal}` : ''}`);
    }),
    { numRuns: 1000 },
  );
});

test('every parameter of the table is read', () => {
  const params: Required<ImageParams> = {
    t: 'A',
    w: 1,
    h: 2,
    format: 'png',
    quality: 3,
    fit: 'cover',
    position: 'north',
    dpr: 2,
    rect: '0,0,0.5,1',
    rotate: 90,
    flip: 'h',
    background: 'ffcc00',
    blur: 2.5,
    trim: 10,
    animated: false,
    download: true,
  };
  expect(parseUrl('', imageUrl('', 'a.jpg', params))?.params).toEqual(params);
  expect(Object.keys(params)).toEqual(PARAMETERS.map(({ name }) => name));
});
