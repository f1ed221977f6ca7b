import { lockedParameter } from '../../../lambda/contract/locked';
import { parse } from '../../../lambda/contract/parse';
import { readQuery } from '../../../lambda/contract/query';
import type { TypeSettings } from '../../../lambda/contract/settings';

const TYPES: Readonly<Record<string, TypeSettings>> = {
  A: {},
  thumb: {
    w: 200,
    h: 200,
    format: 'auto',
    position: 'north',
    locked: ['w', 'h', 'format', 'quality', 'fit', 'position', 'dpr'],
  },
  wide: { w: 900, format: 'webp', locked: ['w', 'format', 'dpr'] },
};

test.each([
  ['t=thumb', undefined],
  ['t=thumb&w=200&h=200&format=auto&position=north', undefined],
  ['t=thumb&format=auto-avif', undefined],
  ['t=thumb&format=auto-webp', undefined],
  ['t=thumb&format=avif', 'format'],
  ['t=thumb&w=300', 'w'],
  ['t=thumb&position=south', 'position'],
  ['t=thumb&fit=cover', 'fit'],
  ['t=thumb&dpr=2', 'dpr'],
  ['t=wide&w=900&format=webp&h=5', undefined],
  ['t=wide&format=auto-webp', 'format'],
  ['t=wide&format=auto', 'format'],
  ['t=A&w=300&dpr=2', undefined],
])('%s', (query, expected) => {
  const parsed = parse(readQuery(query), TYPES, true);
  if (parsed.kind !== 'crop') throw new Error(parsed.kind);
  expect(lockedParameter(parsed.request, TYPES[parsed.request.t] ?? {})).toBe(expected);
});
