import fc from 'fast-check';
import { type CacheQuerySettings, cacheQuery } from '../../../lambda/contract/cache-query';
import { normalise } from '../../../lambda/contract/normalise';
import { parse } from '../../../lambda/contract/parse';
import { readQuery } from '../../../lambda/contract/query';
import { resolve, resolveCacheQuery } from '../../../lambda/contract/resolve';
import type { Lockable } from '../../../lambda/contract/settings';
import { readCroppingOptions } from '../../../lib/configuration/cropping-options';
import type { CroppingOptions, TypeOptions } from '../../../lib/configuration/options';
import { versionsOf } from '../../../lib/cropping/versions';
import { accepted, garbage } from '../../support/queries';

const SETTINGS: CacheQuerySettings = {
  types: { A: {}, thumb: { w: 200, h: 100, format: 'webp', quality: 60 }, best: { w: 300, format: 'auto' } },
  quality: 75,
  auto: ['avif', 'webp'],
  snap: {},
  v: '0123abcd',
  typeVersions: {},
};
const TYPES = SETTINGS.types;
const CHROME = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';

function cached(query: string, accept = '', settings: Partial<CacheQuerySettings> = {}): string {
  const parsed = parse(readQuery(query), TYPES, false);
  if (parsed.kind !== 'crop') throw new Error(parsed.kind);
  return cacheQuery(parsed.request, accept, { ...SETTINGS, ...settings });
}

describe('cacheQuery', () => {
  test.each([
    ['t=A&w=320&h=240&format=webp&quality=75', 't=A&w=320&h=240&format=webp'],
    ['h=240&quality=75&x=9&format=WEBP&t=A&w=320&dpr=1', 't=A&w=320&h=240&format=webp'],
    ['t=A&w=160&h=120&dpr=2&format=webp', 't=A&w=320&h=240&format=webp'],
    ['t=A&w=101&dpr=1.5', 't=A&w=152'],
    ['t=A&w=3000&h=1500&dpr=2', 't=A&w=4096&h=2048'],
    ['t=thumb', 't=thumb&w=200&h=100&format=webp&quality=60'],
    ['t=thumb&w=200&quality=60&format=webp', 't=thumb&w=200&h=100&format=webp&quality=60'],
    // 75 is built in, whatever the type says.
    ['t=thumb&quality=75&w=400', 't=thumb&w=400&h=100&format=webp'],
    ['t=thumb&dpr=2', 't=thumb&w=400&h=200&format=webp&quality=60'],
    ['t=A&width=320&height=240', 't=A&w=320&h=240'],
    ['t=A&rect=0,0,1,1&rotate=0&animated=true&download=false', 't=A'],
    ['t=A&w=9&blur=2&dpr=3', 't=A&w=27&blur=6'],
    ['t=A&blur=60&dpr=2', 't=A&blur=100'],
    // What has no effect is dropped.
    ['t=A&w=9&fit=contain&position=north', 't=A&w=9'],
    ['t=A&w=9&h=9&fit=inside&position=north', 't=A&w=9&h=9&fit=inside'],
    ['t=A&w=9&h=9&fit=contain&position=attention', 't=A&w=9&h=9&fit=contain'],
    ['t=A&w=9&h=9&fit=contain&position=east', 't=A&w=9&h=9&fit=contain&position=east'],
    ['t=A&quality=30&format=png', 't=A&format=png'],
    ['t=A&animated=false&format=avif', 't=A&format=avif'],
    ['t=A&animated=false&format=webp', 't=A&format=webp&animated=false'],
    ['t=A&background=fff&format=webp', 't=A&format=webp'],
    ['t=A&background=fff&format=jpeg', 't=A&format=jpeg&background=ffffff'],
    ['t=A&background=transparent&format=jpeg', 't=A&format=jpeg'],
    ['t=A&background=fff', 't=A&background=ffffff'],
    [
      't=A&w=9&h=9&fit=contain&background=fff&format=png',
      't=A&w=9&h=9&format=png&fit=contain&background=ffffff',
    ],
    // Eight ways to lay a picture have eight spellings.
    ['t=A&flip=hv', 't=A&rotate=180'],
    ['t=A&flip=hv&rotate=270', 't=A&rotate=90'],
    ['t=A&flip=hv&rotate=180', 't=A'],
    ['t=A&flip=v', 't=A&rotate=180&flip=h'],
    ['t=A&flip=v&rotate=180', 't=A&flip=h'],
    ['t=A&flip=h&rotate=90', 't=A&rotate=90&flip=h'],
  ])('%s', (query, expected) => {
    expect(cached(query)).toBe(`${expected}&v=0123abcd`);
  });

  test.each([
    [CHROME, 't=A&format=auto-avif'],
    ['image/webp,*/*', 't=A&format=auto-webp'],
    ['IMAGE/WEBP ; q=0.9, image/avif;q=0.8', 't=A&format=auto-webp'],
    ['image/avif;q=0,image/webp', 't=A&format=auto-webp'],
    // AVIF has to fall back on WebP for an animation.
    ['image/avif', 't=A&format=auto-jpeg'],
    ['image/webp;q=0', 't=A&format=auto-jpeg'],
    ['image/webp;q=0.000', 't=A&format=auto-jpeg'],
    ['image/png,image/*;q=0.8,*/*;q=0.5', 't=A&format=auto-jpeg'],
    ['*/*', 't=A&format=auto-jpeg'],
    ['', 't=A&format=auto-jpeg'],
    [',,;q=;image/webp;', 't=A&format=auto-jpeg'],
  ])('auto for %s', (accept, expected) => {
    expect(cached('t=A&format=auto', accept)).toBe(`${expected}&v=0123abcd`);
  });

  test('auto never becomes the default format of a type for who refuses it', () => {
    expect(cached('t=thumb&format=auto', 'image/png')).toBe(
      't=thumb&w=200&h=100&format=auto-jpeg&quality=60&v=0123abcd',
    );
    expect(cached('t=best', 'image/png')).toBe('t=best&w=300&format=auto-jpeg&v=0123abcd');
    expect(cached('t=best', CHROME)).toBe('t=best&w=300&format=auto-avif&v=0123abcd');
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
    [{ quality: 5 }, 't=A&quality=76', 't=A&quality=80'],
    [{ quality: 7 }, 't=A&quality=100', 't=A&quality=100'],
    [{ quality: 5 }, 't=A&quality=71', 't=A'],
    [{ w: [320] }, 't=A&w=100&dpr=2', 't=A&w=320'],
    [{ blur: 5 }, 't=A&blur=0.3', 't=A&blur=5'],
    [{ blur: 7 }, 't=A&blur=99', 't=A&blur=100'],
    [{ position: 0.1 }, 't=A&w=1&h=1&position=0.333,0.777', 't=A&w=1&h=1&position=0.3,0.8'],
    [{ position: 0.1 }, 't=A&w=1&h=1&position=0.49,0.02', 't=A&w=1&h=1&position=north'],
    [{ position: 0.1 }, 't=A&w=1&h=1&position=attention', 't=A&w=1&h=1&position=attention'],
    [{ rect: 0.25 }, 't=A&rect=0.3,0.3,0.01,0.4', 't=A&rect=0.25,0.25,0.25,0.5'],
    [{ rect: 0.1 }, 't=A&rect=0.3,0.7,0.3,0.3', 't=A&rect=0.3,0.7,0.3,0.3'],
    [{ rect: 0.25 }, 't=A&rect=0.9,0,0.1,1', 't=A&rect=0.75,0,0.25,1'],
  ])('snapped to %j: %s', (snap, query, expected) => {
    expect(cached(query, '', { snap })).toBe(`${expected}&v=0123abcd`);
  });
});

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

  test('what the Lambda resolves of cacheQuery(q) is what it would of q, but for the settled auto', () => {
    fc.assert(
      fc.property(accepted, (query) => {
        const request = readCrop(query, false);
        const sent = readCrop(cacheQuery(request, '', SETTINGS), true);
        const settled = (params: object) => ({ format: undefined, ...params });
        const wanted = settled(resolve(request, SETTINGS));
        if (wanted.format === 'auto') wanted.format = undefined;
        const got = settled(resolveCacheQuery(sent));
        if (got.format === 'auto-jpeg') got.format = undefined;
        // A PNG has no quality.
        const drawn = (params: object) => ({
          ...params,
          ...('format' in params && params.format === 'png' && { quality: 0 }),
        });
        expect(drawn(got)).toEqual(drawn(wanted));
      }),
      { numRuns: 2000 },
    );
  });

  test('cacheQuery of its own result is itself, where nothing is configured that it has expanded', () => {
    fc.assert(
      fc.property(accepted, fc.constantFrom('', CHROME), (query, accept) => {
        const once = cacheQuery(readCrop(query, false), accept, SETTINGS);
        const bare = { ...SETTINGS, types: { A: {}, thumb: {}, best: {} } };
        expect(cacheQuery(readCrop(once, true), accept, bare)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The same values, said otherwise. */
describe('one picture has one key', () => {
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const values = fc.record({
    w: optional(fc.integer({ min: 1, max: 99 }).map(String)),
    h: optional(fc.integer({ min: 1, max: 99 }).map(String)),
    format: optional(fc.constantFrom('jpeg', 'png', 'webp', 'avif')),
    quality: optional(fc.integer({ min: 1, max: 100 }).map(String)),
    fit: optional(fc.constantFrom('cover', 'contain', 'inside')),
    position: optional(fc.constantFrom('centre', 'north', 'southeast', 'attention', '0.3,0.7')),
    rect: optional(fc.constantFrom('0,0,1,1', '0.25,0,0.75,1')),
    rotate: optional(fc.constantFrom('0', '90', '180', '270')),
    flip: optional(fc.constantFrom('h', 'v', 'hv')),
    background: optional(fc.constantFrom('ffcc00', 'transparent')),
    blur: optional(fc.constantFrom('0.3', '2', '100')),
    trim: optional(fc.constantFrom('1', '100')),
    animated: optional(fc.constantFrom('true', 'false')),
    download: optional(fc.constantFrom('true', 'false')),
  });
  type Said = Readonly<Record<string, string | undefined>>;

  /** Each gives another spelling of the same, or the same. */
  const RESPELL: readonly ((said: Said) => Said)[] = [
    (said) => ({ ...said, w: said.w && encodeURIComponent(said.w), position: said.position?.toUpperCase() }),
    (said) => ({
      ...said,
      position: { north: '0.5,0', southeast: 'bottom-right' }[`${said.position}`] ?? said.position,
    }),
    (said) => ({ ...said, position: said.position?.replace(',', '%2C'), fit: said.fit ?? 'cover' }),
    (said) => ({ ...said, format: said.format?.replace('jpeg', 'JPG'), quality: said.quality ?? '75' }),
    (said) => ({ ...said, background: said.background?.replace('ffcc00', '%23FC0') }),
    (said) => ({ ...said, rect: said.rect?.replace('0.75,1', '1.0,1.00000') ?? '0,0,1,1' }),
    (said) => ({ ...said, animated: said.animated ?? 'TRUE', download: said.download ?? 'False' }),
    (said) => ({ ...said, rotate: said.rotate ?? '000', blur: said.blur?.replace('2', '2.04') }),
    ({ flip, ...said }) => {
      const quarters = Number(said.rotate ?? 0) / 90;
      const half = `${((quarters + 2) % 4) * 90}`;
      if (flip === undefined) return { ...said, rotate: half, flip: 'hv' };
      return { ...said, rotate: half, flip: { h: 'v', v: 'h' }[flip] };
    },
    (said) => (said.format === 'png' ? { ...said, quality: '7' } : said),
    (said) => (said.w && said.h ? said : { ...said, fit: 'contain', position: '1,0' }),
    (said) => (said.fit === 'inside' ? { ...said, position: 'west' } : said),
    (said) => (said.format && said.format !== 'webp' ? { ...said, animated: 'false' } : said),
    (said) => ({ ...said, utm_source: 'x', v: 'evil', w: said.w, empty: '' }),
    ({ w, h, blur, ...said }) =>
      w && h && !blur && Number(w) % 2 === 0 && Number(h) % 2 === 0
        ? { ...said, w: `${Number(w) / 2}`, h: `${Number(h) / 2}`, dpr: '2.0' }
        : { ...said, w, h, blur },
    // Last, since the others speak of `w` and `h`.
    ({ w, ...said }) => ({ ...said, width: w }),
    ({ h, ...said }) => ({ height: h && `00${h}`, ...said }),
  ];
  const written = (said: Said) =>
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));

  test('however it is said, and in whatever order', () => {
    fc.assert(
      fc.property(values, fc.subarray([...RESPELL]), fc.func(fc.nat()), (said, respell, rank) => {
        const spelt = respell.reduce<Said>((now, change) => change(now), said);
        const shuffled = written(spelt).sort((a, b) => rank(a) - rank(b));
        expect(cached(['t=A', ...shuffled].join('&'))).toBe(cached(['t=A', ...written(said)].join('&')));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a locked parameter', () => {
  const ALL: readonly Lockable[] = ['w', 'h', 'format', 'quality', 'fit', 'position', 'dpr'];
  const LOCKED: CacheQuerySettings = {
    types: {
      A: {},
      thumb: { w: 200, h: 200, format: 'auto', locked: ALL },
      wide: { w: 900, format: 'webp', locked: ['w', 'format', 'dpr'] },
      coarse: { quality: 33, locked: ['quality'] },
    },
    quality: 75,
    auto: ['avif', 'webp'],
    snap: {},
    v: '0123abcd',
    typeVersions: {},
  };
  const SNAP = { w: [160, 320, 640], h: [100, 200, 300], quality: 25 };

  function cachedLocked(query: string, accept: string, snap: CacheQuerySettings['snap']): string {
    const parsed = parse(readQuery(query), LOCKED.types, false);
    return parsed.kind === 'crop' ? cacheQuery(parsed.request, accept, { ...LOCKED, snap }) : parsed.kind;
  }

  test.each([
    ['t=thumb', CHROME, {}, 't=thumb&w=200&h=200&format=auto-avif'],
    ['t=thumb', 'image/png', {}, 't=thumb&w=200&h=200&format=auto-jpeg'],
    ['t=thumb', '', SNAP, 't=thumb&w=200&h=200&format=auto-jpeg'],
    ['t=wide&h=150', '', SNAP, 't=wide&w=900&h=200&format=webp'],
    ['t=wide&quality=41', '', SNAP, 't=wide&w=900&format=webp&quality=50'],
    ['t=coarse&w=150', '', SNAP, 't=coarse&w=160&quality=33'],
  ])('is never snapped: %s', (query, accept, snap, expected) => {
    expect(cachedLocked(query, accept, snap)).toBe(`${expected}&v=0123abcd`);
  });

  test('whatever is locked, the Lambda takes what the cache query says and resolves it as the viewer meant it', () => {
    const integer = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined });
    const values = fc.record({
      w: integer(4096),
      h: integer(4096),
      format: fc.option(fc.constantFrom('jpeg', 'webp', 'auto'), { nil: undefined }),
      quality: integer(100),
    });
    fc.assert(
      fc.property(
        values,
        values,
        fc.uniqueArray(fc.constantFrom(...ALL), { minLength: 1 }),
        fc.boolean(),
        fc.constantFrom('', CHROME),
        (type, asked, locked, isSnapped, accept) => {
          const { types } = readCroppingOptions({ types: { x: { ...type, locked } } } as never);
          const settings = { ...LOCKED, types, snap: isSnapped ? SNAP : {} };
          const named = Object.entries(asked).flatMap(([name, value]) =>
            value === undefined || types.x?.locked?.includes(name as Lockable) ? [] : [`&${name}=${value}`],
          );
          const parsed = parse(readQuery(`t=x${named.join('')}`), types, false);
          if (parsed.kind !== 'crop') throw new Error(parsed.kind);
          const once = cacheQuery(parsed.request, accept, settings);
          const sent = parse(readQuery(once), types, true);
          if (sent.kind !== 'crop') throw new Error(`${once}: ${sent.kind}`);
          const meant = resolve(parsed.request, settings);
          const got = resolveCacheQuery(sent.request);
          for (const name of ['w', 'h', 'quality'] as const) {
            if (name === 'quality' && meant.format === 'png') continue;
            if (!isSnapped || locked.includes(name)) expect([name, got[name]]).toEqual([name, meant[name]]);
          }
          if (meant.format !== 'auto') expect(got.format).toBe(meant.format);
          expect(got).not.toHaveProperty('locked');
          const bare = { ...settings, types: { A: {}, x: {} }, snap: {} };
          expect(cacheQuery(sent.request, accept, bare)).toBe(once);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a change of the configuration', () => {
  const keyOf = (query: string, options: CroppingOptions, accept = CHROME): string => {
    const settings = readCroppingOptions(options);
    const parsed = parse(readQuery(query), settings.types, false);
    if (parsed.kind !== 'crop') return parsed.kind;
    return cacheQuery(parsed.request, accept, { ...settings, ...versionsOf(settings, 'code') });
  };
  const THUMB = { w: 200, h: 200, format: 'auto' } as const;
  const QUERIES = ['t=A&w=100', 't=thumb', 't=thumb&w=50&quality=30', 't=dark&h=9', 't=A&quality=75'];
  const BEFORE = { types: { thumb: THUMB, dark: { background: '#101010' } } };
  const changed = (options: CroppingOptions) =>
    QUERIES.filter((query) => keyOf(query, options) !== keyOf(query, BEFORE));

  test.each<[string, CroppingOptions, readonly string[]]>([
    ['a new type changes no key', { types: { ...BEFORE.types, new: { w: 9 } } }, []],
    ['nor does a lock on what no URL says', { types: { ...BEFORE.types, A: { locked: ['position'] } } }, []],
    [
      'a changed type changes its own keys',
      { types: { ...BEFORE.types, thumb: { ...THUMB, fit: 'inside' } } },
      ['t=thumb', 't=thumb&w=50&quality=30'],
    ],
    [
      'and of those only what it resolves differently',
      { types: { ...BEFORE.types, thumb: { ...THUMB, w: 300 } } },
      ['t=thumb'],
    ],
    [
      'the background of a type changes its own keys',
      { types: { ...BEFORE.types, dark: { background: '#111111' } } },
      ['t=dark&h=9'],
    ],
    [
      'the general background changes all: it may be around a picture with a colour of its own, too',
      { ...BEFORE, background: '#000000' },
      QUERIES,
    ],
    [
      'the effort of a type changes its own keys',
      { types: { ...BEFORE.types, dark: { background: '#101010', effort: 'small' } } },
      ['t=dark&h=9'],
    ],
    ['the general effort changes those of all types without one', { ...BEFORE, effort: 'fast' }, QUERIES],
    [
      'the default quality changes those that name none',
      { ...BEFORE, quality: 70 },
      ['t=A&w=100', 't=thumb', 't=dark&h=9'],
    ],
    ['what no pixel depends on changes none', { ...BEFORE, ttl: 5, onFailure: 'error', signing: true }, []],
  ])('%s', (_name, options, expected) => {
    expect(changed(options)).toEqual(expected);
  });

  test('two configurations give one key exactly where they draw the same', () => {
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const type: fc.Arbitrary<TypeOptions> = fc.record({
      w: optional(fc.constantFrom(10, 20)),
      quality: optional(fc.constantFrom(70, 80)),
      fit: optional(fc.constantFrom('cover', 'inside')),
      position: optional(fc.constantFrom('centre', 'north')),
      format: optional(fc.constantFrom('webp', 'jpeg')),
      background: optional(fc.constantFrom('#ffffff', '#000000')),
      effort: optional(fc.constantFrom('fast', 'balanced')),
    });
    const options = fc.record({
      types: fc.record({ a: type, b: optional(type) }),
      quality: fc.constantFrom(70, 80),
      background: fc.constantFrom('#ffffff', '#000000'),
      effort: fc.constantFrom('fast', 'balanced'),
    });
    const drawn = (query: string, given: object) => {
      const { types, ...settings } = readCroppingOptions(given);
      const parsed = parse(readQuery(query), types, false);
      if (parsed.kind !== 'crop') return parsed.kind;
      // With one side `fit` and `position` say nothing, and a WebP that is not padded has no background.
      const { t, w, format, quality, background } = resolve(parsed.request, { ...settings, types });
      const own = format === 'webp' ? undefined : background;
      const effort = types[t]?.effort ?? settings.effort;
      return JSON.stringify({ t, w, format, quality, own, background: settings.background, effort });
    };
    const queries = fc.constantFrom(
      't=a',
      't=a&w=20',
      't=a&quality=80&fit=cover',
      't=b&position=north',
      't=A&w=5',
    );
    fc.assert(
      fc.property(options, options, queries, (one, other, query) => {
        const [first, second] = [one, other].map((given) => JSON.parse(JSON.stringify(given)));
        const isSameKey = keyOf(query, first, '') === keyOf(query, second, '');
        expect(isSameKey).toBe(drawn(query, first) === drawn(query, second));
      }),
      { numRuns: 2000 },
    );
  });
});
