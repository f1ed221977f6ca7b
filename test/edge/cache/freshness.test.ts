import { timeToLive } from '../../../edge/cache/freshness';

const policy = { minTtl: 0, defaultTtl: 86_400, maxTtl: 31_536_000 };
const patient = { minTtl: 60, defaultTtl: 3600, maxTtl: 7200 };
const now = Date.parse('2026-11-22T12:00:00Z');

const cacheControl = (value: string) => ({ 'cache-control': value });

test.each([
  ['the default, where nothing is said', policy, {}, 86_400],
  ['max-age', policy, cacheControl('public, max-age=300'), 300],
  ['max-age in quotes and capitals', policy, cacheControl('Max-Age="300"'), 300],
  ['s-maxage before max-age', policy, cacheControl('max-age=300, s-maxage=600'), 600],
  ['no more than the maximum', patient, cacheControl('max-age=9000'), 7200],
  ['no less than the minimum', patient, cacheControl('max-age=1'), 60],
  ['zero: kept and asked for again', policy, cacheControl('max-age=0'), 0],
  ['Expires', policy, { expires: 'Sun, 22 Nov 2026 12:10:00 GMT' }, 600],
  [
    'max-age before Expires',
    policy,
    { ...cacheControl('max-age=5'), expires: 'Sun, 22 Nov 2026 12:10:00 GMT' },
    5,
  ],
  ['an Expires that has passed', policy, { expires: 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
  ['an Expires that is no date', policy, { expires: '0' }, 0],
  ['not stored: no-store', policy, cacheControl('no-store'), undefined],
  ['not stored: private', policy, cacheControl('private, max-age=60'), undefined],
  ['asked for again each time: no-cache', policy, cacheControl('no-cache'), 0],
  ['the minimum, whatever no-store says', patient, cacheControl('no-store'), 60],
  ['the default, where max-age is no number', policy, cacheControl('max-age=soon'), 86_400],
])('keeps a 200 for %s', (_, ttls, headers, expected) => {
  expect(timeToLive({ status: 200, headers }, ttls, now)).toBe(expected);
});

test.each([
  [404, {}, 10],
  [404, cacheControl('max-age=60'), 60],
  [404, cacheControl('max-age=5'), 10],
  [404, cacheControl('no-store'), undefined],
  [500, {}, 10],
  [503, cacheControl('no-store'), 10],
  [400, {}, undefined],
  [400, cacheControl('max-age=60'), 60],
  [403, {}, undefined],
  [403, cacheControl('s-maxage=60'), 60],
  [415, cacheControl('max-age=60'), 60],
  [413, cacheControl('max-age=60'), undefined],
  [416, cacheControl('max-age=60'), undefined],
  [422, cacheControl('max-age=60'), undefined],
  [206, cacheControl('max-age=60'), undefined],
  [304, cacheControl('max-age=60'), undefined],
])('keeps a %i with %o for %s seconds', (status, headers, expected) => {
  expect(timeToLive({ status, headers }, policy, now)).toBe(expected);
});
