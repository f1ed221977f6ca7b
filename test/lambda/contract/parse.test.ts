import { describeBadInput } from '../../../lambda/contract/bad-input';
import { PARAMETERS } from '../../../lambda/contract/parameters/table';
import { type Parsed, parse } from '../../../lambda/contract/parse';
import { readQuery } from '../../../lambda/contract/query';
import { resolve } from '../../../lambda/contract/resolve';
import type { TypeSettings } from '../../../lambda/contract/settings';

const TYPES = { A: {}, thumb: {} };
const read = (query: string): Parsed => parse(readQuery(query), TYPES, false);

describe('parse', () => {
  test.each([
    ['', { kind: 'original' }],
    ['w=320&h=240', { kind: 'original' }],
    ['t=B&w=abc', { kind: 'original' }],
    ['t=a', { kind: 'original' }],
    ['t=', { kind: 'original' }],
    ['T=A', { kind: 'original' }],
    ['t=A', { kind: 'crop', request: { t: 'A' } }],
    ['t=%41', { kind: 'crop', request: { t: 'A' } }],
    ['t=thumb&w=10', { kind: 'crop', request: { t: 'thumb', w: 10 } }],
    [
      't=A&w=320&h=240&format=webp&quality=80',
      { kind: 'crop', request: { t: 'A', w: 320, h: 240, format: 'webp', quality: 80 } },
    ],
    [
      'quality=080&format=WEBP&h=0240&w=320&t=A',
      { kind: 'crop', request: { t: 'A', w: 320, h: 240, format: 'webp', quality: 80 } },
    ],
    ['t=A&format=jpg', { kind: 'crop', request: { t: 'A', format: 'jpeg' } }],
    ['t=A&w=&h=5&utm_source=x&W=', { kind: 'crop', request: { t: 'A', h: 5 } }],
    ['t=A&width=320&height=0240', { kind: 'crop', request: { t: 'A', w: 320, h: 240 } }],
    [
      't=A&rect=0.25,0,1,0.5&rotate=90&flip=H&background=%23FC0&blur=2.25&trim=10&animated=False&download=true',
      {
        kind: 'crop',
        request: {
          t: 'A',
          rect: '0.25,0,0.75,0.5',
          rotate: 90,
          flip: 'h',
          background: 'ffcc00',
          blur: 2.3,
          trim: 10,
          animated: false,
          download: true,
        },
      },
    ],
    [
      't=A&constructor=1&__proto__=2&utm_medium=x&v=1&fbclid=x&page=2&id=7',
      { kind: 'crop', request: { t: 'A' } },
    ],
    ['t=A&w=%3320', { kind: 'crop', request: { t: 'A', w: 320 } }],
    ['t=A&w=1&h=4096', { kind: 'crop', request: { t: 'A', w: 1, h: 4096 } }],
    ['&&t=A&=5&w', { kind: 'crop', request: { t: 'A' } }],
  ] as const)('%s', (query, expected) => {
    expect(read(query)).toStrictEqual(expected);
  });

  test.each([
    ['t=A&w=abc', 'w: got "abc", allowed: a whole number from 1 to 4096 (pixels)\n'],
    ['t=A&w=0', 'w: got "0", allowed: a whole number from 1 to 4096 (pixels)\n'],
    ['t=A&h=4097', 'h: got "4097", allowed: a whole number from 1 to 4096 (pixels)\n'],
    [
      't=A&w=99999999999999999999',
      'w: got "99999999999999999999", allowed: a whole number from 1 to 4096 (pixels)\n',
    ],
    ['t=A&w=3e2', 'w: got "3e2", allowed: a whole number from 1 to 4096 (pixels)\n'],
    ['t=A&w=-5', 'w: got "-5", allowed: a whole number from 1 to 4096 (pixels)\n'],
    ['t=A&w=1.5', 'w: got "1.5", allowed: a whole number from 1 to 4096 (pixels)\n'],
    ['t=A&w=%', 'w: got "%", allowed: a whole number from 1 to 4096 (pixels)\n'],
    ['t=A&quality=101', 'quality: got "101", allowed: a whole number from 1 to 100 (on JPEG\'s scale)\n'],
    ['t=A&format=bmp', 'format: got "bmp", allowed: one of jpeg, png, webp, avif, auto, json, jpg\n'],
    [
      't=A&format=auto-avif',
      'format: got "auto-avif", allowed: one of jpeg, png, webp, avif, auto, json, jpg\n',
    ],
    ['t=A&dpr=4', 'dpr: got "4", allowed: a number from 1 to 3\n'],
    ['t=A&dpr=.5', 'dpr: got ".5", allowed: a number from 1 to 3\n'],
    [
      't=A&format=constructor',
      'format: got "constructor", allowed: one of jpeg, png, webp, avif, auto, json, jpg\n',
    ],
    ['t=A&w=1&w=2', 'w: got "1 and 2", allowed: one value\n'],
    ['t=A&w=1&width=2', 'w: got "1 and 2", allowed: one value\n'],
    ['t=A&width=0', 'w: got "0", allowed: a whole number from 1 to 4096 (pixels)\n'],
    ['t=A&rotate=45', 'rotate: got "45", allowed: a whole number from 0 to 270 (degrees, by 90)\n'],
    ['t=A&rotate=90.0', 'rotate: got "90.0", allowed: a whole number from 0 to 270 (degrees, by 90)\n'],
    ['t=A&flip=x', 'flip: got "x", allowed: one of h, v, hv\n'],
    ['t=A&blur=0.2', 'blur: got "0.2", allowed: a number from 0.3 to 100\n'],
    ['t=A&trim=0', 'trim: got "0", allowed: a whole number from 1 to 100 (tolerance)\n'],
    ['t=A&background=white', 'background: got "white", allowed: rrggbb, rgb or transparent\n'],
    ['t=A&background=ffff', 'background: got "ffff", allowed: rrggbb, rgb or transparent\n'],
    ['t=A&rect=0,0,1', 'rect: got "0,0,1", allowed: x,y,w,h with numbers from 0 to 1\n'],
    ['t=A&rect=0,0,1,1.1', 'rect: got "0,0,1,1.1", allowed: x,y,w,h with numbers from 0 to 1\n'],
    ['t=A&rect=0,0,1,1,', 'rect: got "0,0,1,1,", allowed: x,y,w,h with numbers from 0 to 1\n'],
    ['t=A&animated=no', 'animated: got "no", allowed: one of true, false\n'],
    ['t=A&download=1', 'download: got "1", allowed: one of true, false\n'],
    ['t=A&W=7', '"W": no such parameter, did you mean w?\n'],
    ['t=A&q=7', '"q": no such parameter, did you mean quality?\n'],
    ['t=A&fm=webp', '"fm": no such parameter, did you mean format?\n'],
    ['t=A&weight=9', '"weight": no such parameter, did you mean h?\n'],
    ['t=A&heigth=9', '"heigth": no such parameter, did you mean h?\n'],
    ['t=A&Width=9', '"Width": no such parameter, did you mean w?\n'],
    ['t=A&animate=false', '"animate": no such parameter, did you mean animated?\n'],
    ['t=A&format"=9', '"format\\u0022": no such parameter, did you mean format?\n'],
    ['t=A&t=B', 't: got "A and B", allowed: one value\n'],
    [
      't=A&w="\\é\n',
      'w: got "\\u0022\\u005c\\u00e9\\u000a", allowed: a whole number from 1 to 4096 (pixels)\n',
    ],
    [
      `t=A&w=${'9'.repeat(500)}`,
      `w: got "${'9'.repeat(40)}...", allowed: a whole number from 1 to 4096 (pixels)\n`,
    ],
  ])('%s is refused', (query, line) => {
    const parsed = read(query);
    expect(parsed.kind === 'bad' && describeBadInput(parsed.bad)).toBe(line);
  });

  test('the core of the contract stands in the table', () => {
    expect(PARAMETERS.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['t', 'w', 'h', 'format', 'quality']),
    );
  });
});

describe('position', () => {
  test.each([
    ['North', 'north'],
    ['center', 'centre'],
    ['0.30,0.7', '0.3,0.7'],
    ['0,1', 'southwest'],
    ['0.5,0.500', 'centre'],
    ['0.33333,0.66666', '0.333,0.667'],
    ['0.3%2C0.7', '0.3,0.7'],
    ['top', 'north'],
    ['Left', 'west'],
    ['bottom-right', 'southeast'],
    ['topleft', 'northwest'],
    ['0,0', 'northwest'],
    ['0.5,1.0', 'south'],
    ['1,0.5001', 'east'],
  ])('%s', (text, position) => {
    expect(read(`t=A&position=${text}`)).toEqual({ kind: 'crop', request: { t: 'A', position } });
  });

  test.each(['1.1,0', '0.3', '-0.1,0', 'a,b', '0.3,0.7,0.1', '0.3,', 'middle', 'right-bottom'])(
    '%s is refused',
    (text) => {
      expect(read(`t=A&position=${text}`).kind).toBe('bad');
    },
  );
});

const NEUTRAL = { rect: '0,0,1,1', rotate: 0, animated: true, download: false };

describe('resolve', () => {
  const settings = { quality: 80, types: { A: {}, thumb: { w: 200, h: 200, format: 'webp' } } } as const;

  test('fills in the default quality', () => {
    expect(resolve({ t: 'A', w: 10 }, settings)).toStrictEqual({
      t: 'A',
      w: 10,
      quality: 80,
      fit: 'cover',
      ...NEUTRAL,
    });
  });

  test("the URL overrides the type's values", () => {
    expect(resolve({ t: 'thumb', w: 50, quality: 60 }, settings)).toStrictEqual({
      t: 'thumb',
      w: 50,
      h: 200,
      format: 'webp',
      quality: 60,
      fit: 'cover',
      ...NEUTRAL,
    });
  });
});

describe('a locked parameter', () => {
  const types: Readonly<Record<string, TypeSettings>> = {
    A: {},
    thumb: {
      w: 200,
      h: 200,
      format: 'auto',
      locked: ['w', 'h', 'format', 'quality', 'fit', 'position', 'dpr'],
    },
    wide: { w: 900, format: 'webp', locked: ['w', 'format', 'dpr'] },
    coarse: { quality: 33, locked: ['quality'] },
  };
  const refusal = (query: string): string => {
    const parsed = parse(readQuery(query), types, false);
    return parsed.kind === 'bad' ? describeBadInput(parsed.bad) : parsed.kind;
  };

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
});
