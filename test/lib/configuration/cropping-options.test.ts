import { readCroppingOptions } from '../../../lib/configuration/cropping-options';
import type { CroppingOptions } from '../../../lib/configuration/options';

test('everything has a default', () => {
  expect(readCroppingOptions(undefined)).toEqual({
    types: { A: {} },
    quality: 75,
    background: '#ffffff',
    effort: 'balanced',
    ttl: 86_400,
    limits: { sourceBytes: 50_000_000, sourcePixels: 50_000_000 },
    heic: false,
    onFailure: 'original',
    originals: 'allow',
    signing: false,
    bodyLength: 'base64',
    metrics: true,
    auto: ['avif', 'webp'],
    snap: {},
  });
  expect(readCroppingOptions({})).toEqual(readCroppingOptions(undefined));
});

const KEYS =
  'types, quality, background, effort, ttl, limits, heic, onFailure, originals, missing, signing, bodyLength, auto, metrics, snap';

test.each([
  ['nope', 'edgecrop: got "nope", allowed: an object'],
  [7, 'edgecrop: got 7, allowed: an object'],
  [{ quality: 0 }, 'edgecrop.quality: got 0, allowed: a whole number from 1 to 100'],
  [{ quality: '80' }, 'edgecrop.quality: got "80", allowed: a whole number from 1 to 100'],
  [
    { qality: 80 },
    'edgecrop.qality: got 80, allowed: no such key, did you mean quality? there are types, quality, background, effort, ttl, limits, heic, onFailure, originals, missing, signing, bodyLength, auto, metrics, snap',
  ],
  [
    { types: { 'a b': {} } },
    'edgecrop.types.a b: got {}, allowed: a name of 1 to 32 letters, digits, - or _',
  ],
  [{ types: { a: { w: 5000 } } }, 'edgecrop.types.a.w: got 5000, allowed: a whole number from 1 to 4096'],
  [
    { types: { a: { x: 1 } } },
    'edgecrop.types.a.x: got 1, allowed: no such key; there are w, h, format, quality, fit, position, rect, rotate, flip, background, blur, trim, animated, download, sharpen, watermark, effort, locked',
  ],
  [
    { limits: { pixels: 1 } },
    'edgecrop.limits.pixels: got 1, allowed: no such key; there are sourceBytes, sourcePixels',
  ],
  [{ snap: { w: [0] } }, 'edgecrop.snap.w.0: got 0, allowed: a whole number from 1 to 4096'],
  [{ snap: { h: [] } }, 'edgecrop.snap.h: got [], allowed: at least one step'],
  [{ quality: 7.5 }, 'edgecrop.quality: got 7.5, allowed: a whole number from 1 to 100'],
  [{ auto: 'avif' }, 'edgecrop.auto: got "avif", allowed: a list'],
  [
    { snap: { t: 1 } },
    'edgecrop.snap.t: got 1, allowed: no such key; there are w, h, quality, position, rect, blur',
  ],
  [{ auto: ['png'] }, 'edgecrop.auto.0: got "png", allowed: one of avif, webp'],
  [{ background: 'red' }, 'edgecrop.background: got "red", allowed: a colour as #rrggbb'],
  [
    { types: { a: { position: '2,2' } } },
    'edgecrop.types.a.position: got "2,2", allowed: one of centre, north, northeast, east, southeast, south, southwest, west, northwest, attention, entropy, or a point x,y with numbers from 0 to 1',
  ],
  [
    { types: { a: { locked: ['x'] } } },
    'edgecrop.types.a.locked: got ["x"], allowed: true, or some of w, h, format, quality, fit, position, dpr, rect, rotate, flip, background, blur, trim, animated, download',
  ],
  [
    { types: { a: { locked: false } } },
    'edgecrop.types.a.locked: got false, allowed: true, or some of w, h, format, quality, fit, position, dpr, rect, rotate, flip, background, blur, trim, animated, download',
  ],
  [{ originals: 'no' }, 'edgecrop.originals: got "no", allowed: one of allow, deny'],
  [
    { missing: { key: '/none.png' } },
    'edgecrop.missing.key: got "/none.png", allowed: the key of an object, of letters, digits and . _ ~ - /, that does not start with /',
  ],
  [{ missing: { key: 'a', status: 410 } }, 'edgecrop.missing.status: got 410, allowed: 404 or 200'],
  [
    { missing: {} },
    'edgecrop.missing.key: got nothing, allowed: the key of an object, of letters, digits and . _ ~ - /, that does not start with /',
  ],
  [{ signing: 'yes' }, 'edgecrop.signing: got "yes", allowed: true or false'],
  [{ bodyLength: 'x' }, 'edgecrop.bodyLength: got "x", allowed: one of base64, decoded'],
  [
    { qality: 80, widht: 1 },
    [
      `edgecrop.qality: got 80, allowed: no such key, did you mean quality? there are ${KEYS}`,
      `edgecrop.widht: got 1, allowed: no such key; there are ${KEYS}`,
    ].join('\n'),
  ],
  [{ types: [1] }, 'edgecrop.types: got [1], allowed: an object'],
  [{ types: { a: 1 } }, 'edgecrop.types.a: got 1, allowed: an object'],
  [{ background: 7 }, 'edgecrop.background: got 7, allowed: a colour as #rrggbb'],
  [
    { ttl: 0, quality: 101 },
    'edgecrop.quality: got 101, allowed: a whole number from 1 to 100\nedgecrop.ttl: got 0, allowed: a whole number from 1 to 31536000',
  ],
])('%j is refused', (given, message) => {
  expect(() => readCroppingOptions(given, 'edgecrop')).toThrow(new Error(message));
});

test('what a type locks becomes a list, and a locked side locks dpr, which multiplies it', () => {
  const { types } = readCroppingOptions({
    types: {
      all: { w: 200, locked: true },
      side: { h: 100, locked: ['h'] },
      one: { locked: ['quality'] },
      soft: { blur: 9, locked: ['blur'] },
    },
  });
  expect(types.all?.locked).toEqual([
    ...['w', 'h', 'format', 'quality', 'fit', 'position', 'dpr', 'rect', 'rotate', 'flip', 'background'],
    ...['blur', 'trim', 'animated', 'download'],
  ]);
  expect(types.side?.locked).toEqual(['h', 'dpr']);
  expect(types.soft?.locked).toEqual(['dpr', 'blur']);
  expect(types.one?.locked).toEqual(['quality']);
  expect(readCroppingOptions({ types } as CroppingOptions).types).toEqual(types);
});

test('a picture for missing objects is a 404, unless the deployer says otherwise', () => {
  expect(readCroppingOptions({ missing: { key: 'a/none.png' } }).missing).toEqual({
    key: 'a/none.png',
    status: 404,
  });
});

test('a type has the values of a URL, in their normal form', () => {
  const type = {
    rect: '0.25,0,1,1.000',
    rotate: 90,
    flip: 'hv',
    background: '#FC0',
    blur: 2.04,
    trim: 10,
    animated: false,
    download: true,
    position: 'top-left',
    sharpen: 'mild',
  } as const;
  expect(readCroppingOptions({ types: { a: type } }).types.a).toEqual({
    ...type,
    rect: '0.25,0,0.75,1',
    background: 'ffcc00',
    blur: 2,
    position: 'northwest',
  });
});

test.each([
  [{ rotate: 45 }, 'edgecrop.types.a.rotate: got 45, allowed: one of 0, 90, 180, 270'],
  [{ blur: 0.1 }, 'edgecrop.types.a.blur: got 0.1, allowed: a number from 0.3 to 100'],
  [{ background: 'white' }, 'edgecrop.types.a.background: got "white", allowed: rrggbb, rgb or transparent'],
  [{ rect: '0,0' }, 'edgecrop.types.a.rect: got "0,0", allowed: x,y,w,h with numbers from 0 to 1'],
  [{ animated: 'no' }, 'edgecrop.types.a.animated: got "no", allowed: true or false'],
])('a type with %j is refused', (type, line) => {
  expect(() => readCroppingOptions({ types: { a: type } }, 'edgecrop')).toThrow(line);
});

test('who gives no originals away falls back on none', () => {
  expect(readCroppingOptions({ originals: 'deny', onFailure: 'original' }).onFailure).toBe('error');
});
