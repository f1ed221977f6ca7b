import fc from 'fast-check';
import { normalise } from '../../../lambda/contract/normalise';
import { parse } from '../../../lambda/contract/parse';
import { readQuery } from '../../../lambda/contract/query';
import { accepted, garbage } from '../../support/queries';

const TYPES = {
  A: {},
  thumb: { w: 200, h: 100, format: 'webp', quality: 60 },
  best: { w: 300, format: 'auto' },
} as const;

test.each([
  ['', ''],
  ['t=A&w=320&h=240&format=webp&quality=80', 't=A&w=320&h=240&format=webp&quality=80'],
  ['quality=080&utm_source=x&format=WEBP&h=240&w=0320&t=A&v=1', 't=A&w=320&h=240&format=webp&quality=80'],
  ['t=%41&format=JPG&w=&dpr=2.00', 't=A&format=jpeg&dpr=2'],
  ['dpr=1.50&w=%3320&t=A', 't=A&w=320&dpr=1.5'],
  ['t=unknown&w=5', 't=unknown&w=5'],
  ['height=5&width=007&t=A', 't=A&w=7&h=5'],
  [
    'trim=05&blur=2.04&rect=0.00004,0,1,1.0&background=ABC&t=A&flip=HV',
    't=A&rect=0,0,1,1&flip=hv&background=aabbcc&blur=2&trim=5',
  ],
  // What is wrong stays, to be refused by name.
  ['w=abc&t=A&w=%zz', 't=A&w=abc&w=%zz'],
])('%s', (query, expected) => {
  expect(normalise(readQuery(query))).toBe(expected);
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
      // A name that is almost a parameter's is no parameter, so the normal form is without it.
      if (parsed.kind === 'bad' && 'meant' in parsed.bad) return;
      if (parsed.kind === 'bad') expect(again.kind).toBe('bad');
      else expect(again).toStrictEqual(parsed);
    }),
    { numRuns: 2000 },
  );
});
