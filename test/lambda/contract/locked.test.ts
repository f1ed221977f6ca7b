import fc from 'fast-check';
import { describeBadInput } from '../../../lambda/contract/bad-input';
import { type CacheQuerySettings, cacheQuery } from '../../../lambda/contract/cache-query';
import { parse } from '../../../lambda/contract/parse';
import { readQuery } from '../../../lambda/contract/query';
import { resolve } from '../../../lambda/contract/resolve';
import type { Lockable } from '../../../lambda/contract/settings';
import { readCroppingOptions } from '../../../lib/configuration/cropping-options';

const ALL: readonly Lockable[] = ['w', 'h', 'format', 'quality', 'fit', 'position', 'dpr'];
const SETTINGS: CacheQuerySettings = {
  types: {
    A: {},
    thumb: { w: 200, h: 200, format: 'auto', locked: ALL },
    wide: { w: 900, format: 'webp', locked: ['w', 'format', 'dpr'] },
    coarse: { quality: 33, locked: ['quality'] },
  },
  quality: 80,
  auto: ['avif', 'webp'],
  snap: {},
  v: '0123abcd',
};
const SNAP = { w: [160, 320, 640], h: [100, 200, 300], quality: 10 };
const CHROME = 'image/avif,image/webp,*/*;q=0.8';

const refusal = (query: string, internal = false): string => {
  const parsed = parse(readQuery(query), SETTINGS.types, internal);
  return parsed.kind === 'bad' ? describeBadInput(parsed.bad) : parsed.kind;
};
function cached(query: string, accept: string, snap: CacheQuerySettings['snap']): string {
  const parsed = parse(readQuery(query), SETTINGS.types, false);
  return parsed.kind === 'crop' ? cacheQuery(parsed.request, accept, { ...SETTINGS, snap }) : parsed.kind;
}

describe('a locked parameter', () => {
  test.each([
    ['t=thumb&w=300', 'w: not allowed, type thumb locks it\n'],
    ['t=thumb&w=200', 'w: not allowed, type thumb locks it\n'],
    ['t=thumb&w=1&w=2', 'w: not allowed, type thumb locks it\n'],
    ['t=thumb&dpr=2', 'dpr: not allowed, type thumb locks it\n'],
    ['t=thumb&format=auto-avif', 'format: not allowed, type thumb locks it\n'],
    ['t=wide&format=webp', 'format: not allowed, type wide locks it\n'],
    ['t=coarse&quality=90', 'quality: not allowed, type coarse locks it\n'],
    ['t=thumb&w=&utm_source=x', 'crop'],
    ['t=wide&h=300&quality=50', 'crop'],
    ['t=A&w=300', 'crop'],
  ])('%s', (query, expected) => {
    expect(refusal(query)).toBe(expected);
  });

  test('is refused by the Lambda as well, but for what `auto` of that type was settled to', () => {
    expect(refusal('t=thumb&format=auto-avif', true)).toBe('crop');
    expect(refusal('t=thumb&format=avif', true)).toBe('format: not allowed, type thumb locks it\n');
    expect(refusal('t=wide&format=auto-avif', true)).toBe('format: not allowed, type wide locks it\n');
    expect(refusal('t=thumb&w=300&v=0123abcd', true)).toBe('w: not allowed, type thumb locks it\n');
  });

  test.each([
    ['t=thumb', CHROME, {}, 't=thumb&format=auto-avif'],
    ['t=thumb', 'image/png', {}, 't=thumb'],
    ['t=thumb', '', SNAP, 't=thumb'],
    ['t=wide&h=150', '', SNAP, 't=wide&h=200'],
    ['t=wide&quality=41', '', SNAP, 't=wide&quality=50'],
    ['t=coarse&w=150', '', SNAP, 't=coarse&w=160'],
  ])('is never snapped: %s', (query, accept, snap, expected) => {
    expect(cached(query, accept, snap)).toBe(`${expected}&v=0123abcd`);
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
          const settings = { ...SETTINGS, types, snap: isSnapped ? SNAP : {} };
          const named = Object.entries(asked).flatMap(([name, value]) =>
            value === undefined || types.x?.locked?.includes(name as Lockable) ? [] : [`&${name}=${value}`],
          );
          const parsed = parse(readQuery(`t=x${named.join('')}`), types, false);
          if (parsed.kind !== 'crop') throw new Error(parsed.kind);
          const once = cacheQuery(parsed.request, accept, settings);
          const sent = parse(readQuery(once), types, true);
          if (sent.kind !== 'crop') throw new Error(`${once}: ${sent.kind}`);
          const meant = resolve(parsed.request, settings);
          const got = resolve(sent.request, settings);
          for (const name of ['w', 'h', 'quality'] as const) {
            if (!isSnapped || locked.includes(name)) expect([name, got[name]]).toEqual([name, meant[name]]);
          }
          if (meant.format !== 'auto') expect(got.format).toBe(meant.format);
          expect(got).not.toHaveProperty('locked');
          expect(cacheQuery(sent.request, accept, settings)).toBe(once);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
