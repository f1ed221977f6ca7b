import fc from 'fast-check';
import { type ImageParams, imageUrl } from '../../../client/src';
import { normalise } from '../../../lambda/contract/normalise';
import { FIT, FORMAT, PARAMETERS, POSITION } from '../../../lambda/contract/parameters/table';
import { readValue } from '../../../lambda/contract/parameters/value';
import { parse } from '../../../lambda/contract/parse';
import { normalisePath } from '../../../lambda/contract/path';
import { readQuery, splitQuery } from '../../../lambda/contract/query';
import type { FunctionQuery, FunctionRequest } from '../../../lambda/viewer-request/event';
import { viewerRequest } from '../../../lambda/viewer-request/handler';
import { type Asked, readRequest } from '../../../lambda/viewer-request/read-request';
import { functionSettings } from '../../support/settings';

const CDN = 'https://cdn.example.com';

describe('keys', () => {
  test.each([
    ['photos/cat.jpg', '/photos/cat.jpg'],
    ['/photos/cat.jpg', '/photos/cat.jpg'],
    ['a+b c.jpg', '/a%2Bb%20c.jpg'],
    ['100%.jpg', '/100%25.jpg'],
    ['%41.jpg', '/%2541.jpg'],
    ['what?#now.jpg', '/what%3F%23now.jpg'],
    [`it's "(1)*!".jpg`, '/it%27s%20%22%281%29%2A%21%22.jpg'],
    ['한국/고양이.jpg', '/%ED%95%9C%EA%B5%AD/%EA%B3%A0%EC%96%91%EC%9D%B4.jpg'],
    ['a//b/.c/..d', '/a//b/.c/..d'],
    ['a\\..\\b&c=d;e,f~', '/a%5C..%5Cb%26c%3Dd%3Be%2Cf~'],
  ])('%s', (key, path) => {
    expect(imageUrl(CDN, key)).toBe(CDN + path);
  });

  test.each([
    ...['', '/', '//cat.jpg', '///', '..', 'a/../b', './a', 'a/.', '\ud800.jpg'],
    ...['https://cdn.example.com/cat.jpg', 'HTTP://a', '/s3://photos/cat.jpg'],
  ])('refuses %j', (key) => {
    expect(() => imageUrl(CDN, key, { w: 1 })).toThrow(
      new RangeError(
        `key: got ${JSON.stringify(key)}, allowed: an object's, no URL, no // in front, no folder . or ..`,
      ),
    );
  });
});

describe('bases', () => {
  test.each([
    ['https://cdn.example.com', 'https://cdn.example.com/a.jpg'],
    ['https://cdn.example.com/', 'https://cdn.example.com/a.jpg'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787/a.jpg'],
    ['https://cdn.example.com/img', 'https://cdn.example.com/img/a.jpg'],
    ['https://cdn.example.com/my img/%61/', 'https://cdn.example.com/my%20img/a/a.jpg'],
    ['/img', '/img/a.jpg'],
    ['/', '/a.jpg'],
    ['', '/a.jpg'],
  ])('%j', (base, url) => {
    expect(imageUrl(base, 'a.jpg')).toBe(url);
  });

  test.each([
    'cdn.example.com',
    '//cdn.example.com',
    'ftp://cdn.example.com',
    'javascript:alert(1)',
    'https://',
    'https://cdn.example.com?x',
    'https://cdn.example.com/#x',
    'https://cdn.example.com//',
    '/a/../b',
    '/%2E%2e',
    '/%zz',
  ])('refuses %j', (base) => {
    expect(() => imageUrl(base, 'a.jpg')).toThrow(
      new RangeError(`base: got "${base}", allowed: https://host, https://host/path, /path or ''`),
    );
  });
});

describe('params', () => {
  test.each<readonly [ImageParams, string]>([
    [{}, ''],
    // Said by mistake or not, it is a crop: an undefined width fetches no original of 20 MB.
    [{ w: undefined }, '?t=A'],
    [{ w: undefined, t: '' }, '?t=A'],
    [{ w: undefined, h: 240, dpr: 2 }, '?t=A&h=240&dpr=2'],
    [{ t: 'A' }, '?t=A'],
    [{ w: 320 }, '?t=A&w=320'],
    [{ t: undefined, w: 320 }, '?t=A&w=320'],
    [{ t: 'thumb', dpr: 2 }, '?t=thumb&dpr=2'],
    [{ quality: 80, format: 'webp', h: 240, w: 320, t: 'A' }, '?t=A&w=320&h=240&format=webp&quality=80'],
    [{ position: '0.3,0.7' }, '?t=A&position=0.3,0.7'],
    [{ position: [1 / 3, 2 / 3] }, '?t=A&position=0.333,0.667'],
    [{ position: [0.5, 0.5] }, '?t=A&position=centre'],
    [{ position: 'northwest', fit: 'contain' }, '?t=A&fit=contain&position=northwest'],
    // 0.1 * 3 * 1000, and a browser's zoom.
    [{ w: 300.00000000000006, dpr: 1.100000023841858 }, '?t=A&w=300&dpr=1.1'],
  ])('%j', (params, query) => {
    expect(imageUrl('', 'a.jpg', params)).toBe(`/a.jpg${query}`);
  });

  test.each<readonly [object, string]>([
    [{ w: 0 }, 'w: got "0", allowed: a whole number from 1 to 4096 (pixels)'],
    [{ w: 1.5 }, 'w: got "1.5", allowed: a whole number from 1 to 4096 (pixels)'],
    [{ h: Number.NaN }, 'h: got "NaN", allowed: a whole number from 1 to 4096 (pixels)'],
    [{ quality: 101 }, `quality: got "101", allowed: a whole number from 1 to 100 (on JPEG's scale)`],
    [{ format: 'bmp' }, 'format: got "bmp", allowed: one of jpeg, png, webp, avif, auto, json, jpg'],
    [
      { format: 'auto-avif' },
      'format: got "auto-avif", allowed: one of jpeg, png, webp, avif, auto, json, jpg',
    ],
    [{ fit: 'fill' }, 'fit: got "fill", allowed: one of cover, contain, inside'],
    [{ dpr: 4 }, 'dpr: got "4", allowed: a number from 1 to 3'],
    [
      { position: [0.3, 1.2] },
      'position: got "0.3,1.2", allowed: one of centre, north, northeast, east, southeast, south, southwest, west, northwest, attention, entropy, or a point x,y with numbers from 0 to 1',
    ],
  ])('refuses %j', (params, line) => {
    expect(() => imageUrl('', 'a.jpg', params as ImageParams)).toThrow(new RangeError(line));
  });

  test('refuses a name that is none', () => {
    expect(() => imageUrl('', 'a.jpg', { width: 320 } as ImageParams)).toThrow(
      new TypeError(
        'width: no such parameter; there are t, w, h, format, quality, fit, position, dpr, rect, rotate, flip, background, blur, trim, animated, download',
      ),
    );
  });
});

const said = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const side = said(fc.integer({ min: 1, max: 4096 }));
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const params: fc.Arbitrary<ImageParams> = fc.option(
  fc.record({
    t: said(fc.constantFrom('A', 'thumb', 'two words', '고양이')),
    w: side,
    h: side,
    format: said(fc.constantFrom(...FORMAT.words)),
    quality: said(fc.integer({ min: 1, max: 100 })),
    fit: said(fc.constantFrom(...FIT.words)),
    position: said(fc.oneof(fc.constantFrom(...POSITION.words), fc.tuple(unit, unit))),
    dpr: said(fc.double({ min: 1, max: 3, noNaN: true })),
  }),
  { nil: {} },
);
/** Keys that a URL can name. */
const key = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => !/^\/|(^|\/)\.\.?(\/|$)/.test(text));
const base = fc.constantFrom(CDN, `${CDN}/p/`, '/img', '');

/** What the URL's parse gives of params: numbers to four decimals, points as the deployment reads them. */
function meant(given: ImageParams): object | undefined {
  const round = (value: number) => Math.round(value * 10000) / 10000;
  if (Object.keys(given).length === 0) return undefined;
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const { position, dpr } = given;
  const point = typeof position === 'object' ? position.map(round).join(',') : position;
  return {
    t: 'A',
    ...Object.fromEntries(entries),
    ...(point === undefined ? {} : { position: readValue(POSITION, point, false) }),
    ...(dpr === undefined ? {} : { dpr: round(dpr) }),
  };
}

describe('laws', () => {
  test('what imageUrl makes is the normal form already', () => {
    fc.assert(
      fc.property(base, key, params, (host, name, given) => {
        const [path = '', query = ''] = imageUrl(host, name, given)
          .slice(host.startsWith(CDN) ? CDN.length : 0)
          .split('?');
        expect(normalisePath(path)).toBe(path);
        expect(normalise(readQuery(query))).toBe(query);
      }),
      { numRuns: 1000 },
    );
  });

  test('a browser asks for it as it stands', () => {
    fc.assert(
      fc.property(base, key, params, (host, name, given) => {
        const url = imageUrl(host, name, given);
        expect(new URL(url, CDN).href).toBe(url.startsWith('/') ? CDN + url : url);
      }),
      { numRuns: 1000 },
    );
  });

  test('the viewer-request function reads back what was meant', () => {
    const types = { thumb: { w: 200 }, 'two words': {}, 고양이: {} };
    const settings = { ...functionSettings(), types: { A: {}, ...types } };
    fc.assert(
      fc.property(key, params, (name, given) => {
        const [uri = '', query = ''] = imageUrl('', name, given).split('?');
        const parsed = parse(readQuery(query), settings.types, false);
        expect(parsed.kind === 'crop' ? parsed.request : parsed.kind).toEqual(meant(given) ?? 'original');
        const querystring: FunctionQuery = Object.fromEntries(
          splitQuery(query).map((pair) => [pair.name, { value: pair.value }]),
        );
        const request: FunctionRequest = { method: 'GET', uri, querystring, headers: {} };
        const asked = readRequest(request) as Asked;
        expect(viewerRequest(request, asked, settings)).toBe(request);
        expect(decodeURIComponent(request.uri)).toBe(`/${name}`);
        expect(request.querystring === '').toBe(query === '');
      }),
      { numRuns: 1000 },
    );
  });

  test('every parameter of the table is one of imageUrl', () => {
    const all: Required<ImageParams> = {
      t: 'A',
      w: 1,
      h: 1,
      format: 'png',
      quality: 1,
      fit: 'cover',
      position: 'north',
      dpr: 1,
      rect: '0,0,0.5,1',
      rotate: 90,
      flip: 'h',
      background: 'ffcc00',
      blur: 2.5,
      trim: 10,
      animated: false,
      download: true,
    };
    expect(Object.keys(all)).toEqual(PARAMETERS.map((parameter) => parameter.name));
  });
});
