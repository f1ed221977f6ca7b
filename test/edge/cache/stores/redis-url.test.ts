import { readRedisUrl } from '../../../../edge/cache/stores/redis-url';

test.each([
  ['redis://host', { kind: 'single', addresses: [{ host: 'host', port: 6379 }], database: 0, tls: false }],
  [
    'rediss://user:p%40ss@host:6380/2',
    {
      kind: 'single',
      addresses: [{ host: 'host', port: 6380 }],
      username: 'user',
      password: 'p@ss',
      database: 2,
      tls: true,
    },
  ],
  [
    'redis://:secret@[::1]:1',
    { kind: 'single', addresses: [{ host: '::1', port: 1 }], password: 'secret', database: 0, tls: false },
  ],
  [
    'redis-sentinel://a,b:1/1#photos',
    {
      kind: 'sentinel',
      addresses: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 1 },
      ],
      database: 1,
      tls: false,
      primary: 'photos',
    },
  ],
  [
    'rediss-cluster://a:1,b:2',
    {
      kind: 'cluster',
      addresses: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      database: 0,
      tls: true,
    },
  ],
])('%s', (url, expected) => {
  expect(readRedisUrl(url)).toEqual(expected);
});

test.each([
  ['redis://', /malformed Redis URL/],
  ['redis://a b', /malformed host/],
  ['redis://a,b', /names one host/],
  ['redis://a:99999', /malformed host/],
  ['redis-sentinel://a', /ends in # and the name of the primary/],
  ['redis://a#photos', /only a Sentinel URL names a primary/],
  ['redis-cluster://:secret@a/3', /a Cluster has only the database 0/],
])('%s is refused without repeating it', (url, reason) => {
  expect(() => readRedisUrl(url)).toThrow(reason);
  expect(() => readRedisUrl(url)).not.toThrow(/secret/);
});
