import fc from 'fast-check';
import { PARAMETERS, VERSION } from '../../lambda/contract/parameters/table';

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
  fc.constantFrom(...PARAMETERS.map((parameter) => parameter.name), VERSION, 'W', 'utm_source'),
  fc.string({ maxLength: 5 }).map((text) => text.replace(/[&=]/g, '')),
);
/** Anything that can be made of names and values. */
export const garbage = fc
  .array(
    fc.tuple(name, value).map(([n, v]) => `${n}=${v}`),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('&'));
const integer = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined });

/** Queries that are accepted where `thumb` and `best` are types, in any order and spelling. */
export const accepted = fc
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
