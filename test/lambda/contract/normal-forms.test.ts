import fc from 'fast-check';
import { type CacheQuerySettings, cacheQuery } from '../../../lambda/contract/cache-query';
import { normalise } from '../../../lambda/contract/normalise';
import { FORWARDED, PARAMETERS } from '../../../lambda/contract/parameters/table';
import { parse } from '../../../lambda/contract/parse';
import { normalisePath } from '../../../lambda/contract/path';
import { readQuery } from '../../../lambda/contract/query';
import { resolve } from '../../../lambda/contract/resolve';

const SETTINGS: CacheQuerySettings = {
  types: { A: {}, thumb: { w: 200, h: 100, format: 'webp', quality: 60 }, best: { w: 300, format: 'auto' } },
  quality: 80,
  auto: ['avif', 'webp'],
  snap: {},
  v: '0123abcd',
};
const TYPES = SETTINGS.types;
const CHROME = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';

function cached(query: string, accept = '', settings: Partial<CacheQuerySettings> = {}): string {
  const parsed = parse(readQuery(query), TYPES, false);
  if (parsed.kind !== 'crop') throw new Error(parsed.kind);
  return cacheQuery(parsed.request, accept, { ...SETTINGS, ...settings });
}

describe('normalise', () => {
  test.each([
    ['', ''],
    ['t=A&w=320&h=240&format=webp&quality=80', 't=A&w=320&h=240&format=webp&quality=80'],
    ['quality=080&utm_source=x&format=WEBP&h=240&w=0320&t=A&v=1', 't=A&w=320&h=240&format=webp&quality=80'],
    ['t=%41&format=JPG&w=&dpr=2.00', 't=A&format=jpeg&dpr=2'],
    ['dpr=1.50&w=%3320&t=A', 't=A&w=320&dpr=1.5'],
    ['t=unknown&w=5', 't=unknown&w=5'],
    // What is wrong stays, to be refused by name.
    ['w=abc&t=A&w=%zz', 't=A&w=abc&w=%zz'],
  ])('%s', (query, expected) => {
    expect(normalise(readQuery(query))).toBe(expected);
  });
});

describe('cacheQuery', () => {
  test.each([
    ['t=A&w=320&h=240&format=webp&quality=80', 't=A&w=320&h=240&format=webp'],
    ['h=240&quality=80&W=9&format=WEBP&t=A&w=320&dpr=1', 't=A&w=320&h=240&format=webp'],
    ['t=A&w=160&h=120&dpr=2&format=webp', 't=A&w=320&h=240&format=webp'],
    ['t=A&w=101&dpr=1.5', 't=A&w=152'],
    ['t=A&w=3000&h=1500&dpr=2', 't=A&w=4096&h=2048'],
    ['t=thumb', 't=thumb'],
    ['t=thumb&w=200&quality=60&format=webp', 't=thumb'],
    // 80 is the default of the settings, not of the type.
    ['t=thumb&quality=80&w=400', 't=thumb&w=400&quality=80'],
    ['t=thumb&dpr=2', 't=thumb&w=400&h=200'],
  ])('%s', (query, expected) => {
    expect(cached(query)).toBe(`${expected}&v=0123abcd`);
  });

  test.each([
    [CHROME, 't=A&format=auto-avif'],
    ['image/webp,*/*', 't=A&format=auto-webp'],
    ['IMAGE/WEBP ; q=0.9, image/avif;q=0.8', 't=A&format=auto-webp'],
    ['image/avif;q=0,image/webp', 't=A&format=auto-webp'],
    // AVIF has to fall back on WebP for an animation.
    ['image/avif', 't=A'],
    ['image/webp;q=0', 't=A'],
    ['image/webp;q=0.000', 't=A'],
    ['image/png,image/*;q=0.8,*/*;q=0.5', 't=A'],
    ['*/*', 't=A'],
    ['', 't=A'],
    [',,;q=;image/webp;', 't=A'],
  ])('auto for %s', (accept, expected) => {
    expect(cached('t=A&format=auto', accept)).toBe(`${expected}&v=0123abcd`);
  });

  test('auto never becomes the default format of a type for who refuses it', () => {
    expect(cached('t=thumb&format=auto', 'image/png')).toBe('t=thumb&format=auto&v=0123abcd');
    expect(cached('t=best', 'image/png')).toBe('t=best&v=0123abcd');
    expect(cached('t=best', CHROME)).toBe('t=best&format=auto-avif&v=0123abcd');
  });

  test('offers what the settings offer, in their order', () => {
    expect(cached('t=A&format=auto', CHROME, { auto: ['webp'] })).toContain('format=auto-webp');
    expect(cached('t=A&format=auto', CHROME, { auto: ['webp', 'avif'] })).toContain('format=auto-webp');
    expect(cached('t=A&format=auto', CHROME, { auto: [] })).toBe('t=A&v=0123abcd');
  });

  test.each([
    [{ w: [160, 320, 640] }, 't=A&w=161', 't=A&w=320'],
    [{ w: [640, 160, 320] }, 't=A&w=160', 't=A&w=160'],
    [{ w: [160, 320, 640] }, 't=A&w=2000', 't=A&w=640'],
    // One factor for both sides: 300×200 and 320×213 have one ratio.
    [{ w: [160, 320, 640] }, 't=A&w=300&h=200', 't=A&w=320&h=213'],
    [{ w: [320], h: [100, 200] }, 't=A&h=150', 't=A&h=200'],
    [{ h: [100, 200] }, 't=A&w=400&h=150', 't=A&w=533&h=200'],
    [{ w: [4096] }, 't=A&w=1000&h=2000', 't=A&w=2048&h=4096'],
    [{ quality: 5 }, 't=A&quality=71', 't=A&quality=75'],
    [{ quality: 7 }, 't=A&quality=100', 't=A&quality=100'],
    [{ quality: 5 }, 't=A&quality=78', 't=A'],
    [{ w: [320] }, 't=A&w=100&dpr=2', 't=A&w=320'],
  ])('snapped to %j: %s', (snap, query, expected) => {
    expect(cached(query, '', { snap })).toBe(`${expected}&v=0123abcd`);
  });
});

const value = fc.oneof(
  fc.integer({ min: -5, max: 5000 }).map(String),
  fc.constantFrom(
    '',
    '1',
    '080',
    '2.5',
    '1.0',
    'A',
    'thumb',
    'best',
    'B',
    'webp',
    'JPG',
    'AVIF',
    'auto',
    'auto-avif',
    '%41',
    '%',
    '%ff',
    '0.3,0.7',
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll('&', '')),
);
const name = fc.oneof(
  fc.constantFrom(...FORWARDED, 'W', 'utm_source'),
  fc.string({ maxLength: 5 }).map((text) => text.replace(/[&=]/g, '')),
);
const garbage = fc
  .array(
    fc.tuple(name, value).map(([n, v]) => `${n}=${v}`),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('&'));
const integer = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined });

/** Queries that are accepted, in any order and spelling. */
const accepted = fc
  .record({
    t: fc.constantFrom('A', 'thumb', 'best', '%41'),
    w: integer(1, 4096),
    h: integer(1, 4096),
    format: fc.option(fc.constantFrom('jpeg', 'JPG', 'png', 'WebP', 'avif', 'auto'), { nil: undefined }),
    quality: integer(1, 100),
    dpr: fc.option(fc.constantFrom('1', '1.0', '1.5', '2', '3'), { nil: undefined }),
    utm_source: fc.option(fc.constant('x'), { nil: undefined }),
  })
  .chain((query) => fc.shuffledSubarray(Object.entries(query), { minLength: Object.keys(query).length }))
  .map((entries) => entries.flatMap(([n, v]) => (v === undefined ? [] : [`${n}=${v}`])).join('&'));

const readCrop = (query: string, internal: boolean) => {
  const parsed = parse(readQuery(query), TYPES, internal);
  if (parsed.kind !== 'crop') throw new Error(`${query}: ${parsed.kind}`);
  return parsed.request;
};

describe('laws', () => {
  test('nothing makes any of it throw', () => {
    fc.assert(
      fc.property(fc.oneof(garbage, fc.string()), fc.string(), (query, accept) => {
        normalise(readQuery(query));
        const parsed = parse(readQuery(query), TYPES, false);
        if (parsed.kind === 'crop') cacheQuery(parsed.request, accept, SETTINGS);
      }),
      { numRuns: 2000 },
    );
  });

  test('normalise is idempotent, on garbage too', () => {
    fc.assert(
      fc.property(garbage, (query) => {
        const once = normalise(readQuery(query));
        expect(normalise(readQuery(once))).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('parse(normalise(q)) = parse(q)', () => {
    fc.assert(
      fc.property(fc.oneof(accepted, garbage), (query) => {
        const parsed = parse(readQuery(query), TYPES, false);
        const again = parse(readQuery(normalise(readQuery(query))), TYPES, false);
        if (parsed.kind === 'bad') expect(again.kind).toBe('bad');
        else expect(again).toStrictEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });

  test('what the Lambda resolves of cacheQuery(q) is what it would of q, but for the settled auto', () => {
    fc.assert(
      fc.property(accepted, (query) => {
        const request = readCrop(query, false);
        const sent = readCrop(cacheQuery(request, '', SETTINGS), true);
        const settled = (params: object) => ({ format: undefined, ...params });
        const wanted = settled(resolve(request, SETTINGS));
        if (wanted.format === 'auto') wanted.format = undefined;
        const got = settled(resolve(sent, SETTINGS));
        if (got.format === 'auto') got.format = undefined;
        expect(got).toEqual(wanted);
      }),
      { numRuns: 2000 },
    );
  });

  test('cacheQuery of its own result is itself', () => {
    fc.assert(
      fc.property(accepted, fc.constantFrom('', CHROME), (query, accept) => {
        const once = cacheQuery(readCrop(query, false), accept, SETTINGS);
        expect(cacheQuery(readCrop(once, true), accept, SETTINGS)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('every parameter is forwarded, and CloudFront takes no more than ten', () => {
    expect(FORWARDED).toEqual([...PARAMETERS.map((parameter) => parameter.name), 'v']);
    expect(FORWARDED.length).toBeLessThanOrEqual(10);
  });
});

describe('normalisePath', () => {
  test.each([
    ['/%63at.jpg', '/cat.jpg'],
    ['/a+b.jpg', '/a%20b.jpg'],
    ['/a%2Bb.jpg', '/a%2Bb.jpg'],
    ['/a%2fb.jpg', '/a%2Fb.jpg'],
    ["/it's(1)!*.jpg", '/it%27s%281%29%21%2A.jpg'],
    ['/한국.jpg', '/%ED%95%9C%EA%B5%AD.jpg'],
    ['/%ed%95%9c', '/%ED%95%9C'],
    // NFD, as macOS writes it, stays NFD.
    ['/%E1%84%92', '/%E1%84%92'],
    ['/a/../b', '/a/../b'],
    ['/%zz', undefined],
    ['/%ff', undefined],
  ])('%s', (path, expected) => {
    expect(normalisePath(path)).toBe(expected);
  });

  test('is idempotent and names the same key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        const path = normalisePath(`/${encodeURIComponent(key)}`) ?? '';
        expect(normalisePath(path)).toBe(path);
        expect(decodeURIComponent(path)).toBe(`/${key}`);
      }),
    );
  });
});
