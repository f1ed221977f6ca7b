import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { parseSync } from '@swc/core';
import fc from 'fast-check';
import type { FunctionEvent } from '../../../lambda/viewer-request/event';
import type { CroppingOptions } from '../../../lib/configuration/options';
import { viewerRequestScript } from '../../../lib/cropping/viewer-request-function';
import { functionEvent as event } from '../../support/function-event';
import { testWith } from '../../support/programs';
import { accepted, garbage } from '../../support/queries';
import { functionSettings } from '../../support/settings';

const directory = mkdtempSync(join(tmpdir(), 'edgecrop-function-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function bundle(configuration: CroppingOptions = {}): string {
  return viewerRequestScript(functionSettings(configuration));
}

const CODE = bundle({ types: { thumb: { w: 200, h: 200, format: 'auto' } } });
const bad = (data: string) => ({ statusCode: 400, body: { encoding: 'text', data } });
const goes = (uri: string, querystring: string) => ({ uri, querystring });

/** One table for both engines: what comes, what goes on or is answered. */
const CASES: readonly (readonly [FunctionEvent, object])[] = [
  [event('/cat.jpg'), goes('/cat.jpg', '')],
  [event('/cat.jpg?w=abc&utm_source=x'), goes('/cat.jpg', '')],
  [event('/cat.jpg?t=Z&w=abc'), goes('/cat.jpg', '')],
  [event('/%63at+dog.jpg?w=1'), goes('/cat%20dog.jpg', '')],
  [event('/%zz.jpg'), bad('path: got "/%zz.jpg", allowed: UTF-8, percent-encoded, without %2F\n')],
  [event('/a%2fb.jpg'), bad('path: got "/a%2fb.jpg", allowed: UTF-8, percent-encoded, without %2F\n')],
  [event('/cat.jpg?t=A&q=9'), bad('"q": no such parameter, did you mean quality?\n')],
  [event('/cat.jpg?t=A&utm_source=9&W='), goes('/cat.jpg', 't=A&v=0123abcd')],
  [
    event('/cat.jpg?t=A&width=32&height=24&rect=0,0,.5,1'),
    bad('rect: got "0,0,.5,1", allowed: x,y,w,h with numbers from 0 to 1\n'),
  ],
  [
    event(
      '/cat.jpg?t=A&width=32&dpr=2&blur=1.5&rect=0.1,0,0.95,1&flip=v&background=%23abc&position=top-left&height=9',
    ),
    goes(
      '/cat.jpg',
      't=A&w=64&h=18&position=northwest&rect=0.1,0,0.9,1&rotate=180&flip=h&background=aabbcc&blur=3&v=0123abcd',
    ),
  ],
  [
    event('/cat.jpg?t=A&animated=FALSE&download=true&trim=010'),
    goes('/cat.jpg', 't=A&trim=10&animated=false&download=true&v=0123abcd'),
  ],
  [
    event('/cat.jpg?t=A&w=320&h=240&format=webp&quality=75'),
    goes('/cat.jpg', 't=A&w=320&h=240&format=webp&v=0123abcd'),
  ],
  [
    event('/cat.jpg?quality=075&format=WEBP&h=240&w=0320&t=%41&v=evil'),
    goes('/cat.jpg', 't=A&w=320&h=240&format=webp&v=0123abcd'),
  ],
  [event('/cat.jpg?t=A&w=160&h=120&dpr=2'), goes('/cat.jpg', 't=A&w=320&h=240&v=0123abcd')],
  [
    event('/cat.jpg?t=thumb', { accept: 'image/avif,image/webp,*/*' }),
    goes('/cat.jpg', 't=thumb&w=200&h=200&format=auto-avif&v=0123abcd'),
  ],
  [
    event('/cat.jpg?t=thumb', { accept: 'image/webp;q=0.8' }),
    goes('/cat.jpg', 't=thumb&w=200&h=200&format=auto-webp&v=0123abcd'),
  ],
  [event('/cat.jpg?t=thumb'), goes('/cat.jpg', 't=thumb&w=200&h=200&format=auto-jpeg&v=0123abcd')],
  [event('/%ED%95%9C%EA%B5%AD%20a.jpg?t=A'), goes('/%ED%95%9C%EA%B5%AD%20a.jpg', 't=A&v=0123abcd')],
  [event('/cat.jpg?t=A', {}, 'HEAD'), goes('/cat.jpg', 't=A&v=0123abcd')],
  [event('/'), { statusCode: 404, body: { encoding: 'text', data: 'not found\n' } }],
  [event('/?t=A'), { statusCode: 404 }],
  [event('/cat.jpg?t=A&w=abc'), bad('w: got "abc", allowed: a whole number from 1 to 4096 (pixels)\n')],
  [event('/cat.jpg?t=A&w=0'), bad('w: got "0", allowed: a whole number from 1 to 4096 (pixels)\n')],
  [event('/cat.jpg?t=A&w=99999'), bad('w: got "99999", allowed: a whole number from 1 to 4096 (pixels)\n')],
  [event('/cat.jpg?t=A&w=1&w=2'), bad('w: got "1 and 2", allowed: one value\n')],
  [
    event('/cat.jpg?t=A&format=bmp'),
    bad('format: got "bmp", allowed: one of jpeg, png, webp, avif, auto, json, jpg\n'),
  ],
  [
    event('/cat.jpg?t=A&format=auto-avif'),
    bad('format: got "auto-avif", allowed: one of jpeg, png, webp, avif, auto, json, jpg\n'),
  ],
  // In the order of the table: engines have orders of their own.
  [
    event('/cat.jpg?download=x&fit=x&height=y&t=A'),
    bad('h: got "y", allowed: a whole number from 1 to 4096 (pixels)\n'),
  ],
  [event('/cat.jpg?t=A&w=%'), bad('w: got "%", allowed: a whole number from 1 to 4096 (pixels)\n')],
  [
    event('/cat.jpg?t=A&format=__proto__'),
    bad('format: got "__proto__", allowed: one of jpeg, png, webp, avif, auto, json, jpg\n'),
  ],
  [event('/cat.jpg?t=__proto__&w=abc'), goes('/cat.jpg', '')],
  [
    event('/cat.jpg?t=A&w="<é>'),
    bad('w: got "\\u0022<\\u00e9>", allowed: a whole number from 1 to 4096 (pixels)\n'),
  ],
  [event(`/a.jpg?t=A&${'x'.repeat(2043)}`), goes('/a.jpg', 't=A&v=0123abcd')],
  [
    event(`/a.jpg?t=A&${'x'.repeat(2044)}`),
    bad(`query: got "t&${'x'.repeat(38)}...", allowed: at most 2048 characters\n`),
  ],
  [event(`/a.jpg?t=A${'&w=1'.repeat(511)}`), bad('w: got "1 and 1", allowed: one value\n')],
  [event(`/a.jpg?t=A${'&w=1'.repeat(512)}`), bad('query: got "t&w", allowed: at most 2048 characters\n')],
  [event('/cat.jpg?t=A&w=1', {}, 'OPTIONS'), { statusCode: 204 }],
  [event('/cat.jpg', {}, 'OPTIONS'), { statusCode: 204 }],
  [event('/%zz.jpg?t=A'), bad('path: got "/%zz.jpg", allowed: UTF-8, percent-encoded, without %2F\n')],
];

/** For Node alone: njs cuts a long line that it prints. */
const LONG: readonly (readonly [FunctionEvent, object])[] = [
  // The longest key that S3 takes: 1,024 bytes.
  [event(`/${'%01'.repeat(1024)}?t=A`), goes(`/${'%01'.repeat(1024)}`, 't=A&v=0123abcd')],
  [event(`/${'a'.repeat(1024)}`), goes(`/${'a'.repeat(1024)}`, '')],
  [event(`/${'a'.repeat(1025)}`), bad(`path: got "/${'a'.repeat(39)}...", allowed: at most 1024 bytes\n`)],
  [
    event(`/${'%01'.repeat(1025)}`),
    bad(`path: got "/${'%01'.repeat(13)}...", allowed: at most 1024 bytes\n`),
  ],
];

function runInNode(code: string, events: readonly FunctionEvent[]): readonly unknown[] {
  const context = vm.createContext(Object.create(null));
  vm.runInContext(code, context);
  return events.map((one) => {
    const text = vm.runInContext(`JSON.stringify(handler(${JSON.stringify(one)}))`, context) as string;
    return JSON.parse(text) as unknown;
  });
}

function runInNjs(code: string, events: readonly FunctionEvent[]): readonly unknown[] {
  const script = join(directory, 'cases.js');
  const lines = events.map((one) => `console.log(JSON.stringify(handler(${JSON.stringify(one)})));`);
  writeFileSync(script, `${code}\n${lines.join('\n')}\n`);
  const output = execFileSync('njs', [script], { encoding: 'utf8' }).trim();
  return output.split('\n').map((line) => JSON.parse(line) as unknown);
}

const njs = ['/usr/bin/njs', '/usr/local/bin/njs'].find((path) => existsSync(path));
const events = CASES.map(([one]) => one);
const expected = CASES.map(([, outcome]) => outcome);

test('answers as the table says, under Node', () => {
  expect(runInNode(CODE, events)).toMatchObject(expected);
});

test('a path of more than a key can have is refused', () => {
  expect(
    runInNode(
      CODE,
      LONG.map(([one]) => one),
    ),
  ).toMatchObject(LONG.map(([, outcome]) => outcome));
});

testWith('njs', njs)("answers as the table says, under njs, the engine of CloudFront's functions", () => {
  expect(runInNjs(CODE, events)).toMatchObject(expected);
});

testWith('njs', njs)('both engines say the same, to the letter', () => {
  expect(runInNjs(CODE, events)).toEqual(runInNode(CODE, events));
});

test('a crop goes on without range and conditions, an original with them', () => {
  const headers = {
    host: 'd.cloudfront.net',
    range: 'bytes=0-9',
    'if-range': '"x"',
    'if-none-match': '"x"',
    'if-modified-since': 'x',
    'if-match': '"x"',
    'if-unmodified-since': 'x',
  };
  const [crop, original] = runInNode(CODE, [event('/a.jpg?t=A', headers), event('/a.jpg', headers)]) as [
    { headers: object },
    { headers: object },
  ];
  expect(Object.keys(crop.headers)).toEqual(['host']);
  expect(Object.keys(original.headers)).toEqual(Object.keys(headers));
});

test('a preflight is answered for any page, and never reaches the origin', () => {
  expect(runInNode(CODE, [event('/a.jpg?t=A', { origin: 'https://example.com' }, 'OPTIONS')])).toEqual([
    {
      statusCode: 204,
      headers: {
        'access-control-allow-origin': { value: '*' },
        'access-control-allow-methods': { value: '*' },
        'access-control-allow-headers': { value: '*' },
      },
    },
  ]);
});

test('a 400 is plain text that no browser takes for anything else', () => {
  const [answer] = runInNode(CODE, [event('/a.jpg?t=A&w=x')]);
  expect(answer).toMatchObject({
    statusCode: 400,
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'x-content-type-options': { value: 'nosniff' },
    },
  });
});

test('whatever is wrong with an event, the request goes on, without its query', () => {
  const query = { t: null, 'response-content-type': { value: 'text/html' } };
  const broken = { request: { uri: '/a.jpg', querystring: query, headers: {} } } as unknown as FunctionEvent;
  expect(runInNode(CODE, [broken])).toEqual([{ ...broken.request, querystring: '' }]);
});

test("nothing of a viewer's query goes on, whatever it is and whatever the path", () => {
  const paths = fc.constantFrom('/cat.jpg', '/', '/%zz.jpg', '/a+b/%63.jpg', '/%ff');
  fc.assert(
    fc.property(paths, fc.oneof(garbage, accepted), (path, query) => {
      const url = `${path}?response-content-type=text/html&x-id=1&${query}`;
      const [answer] = runInNode(CODE, [event(url)]) as [{ querystring?: string }];
      expect(answer.querystring ?? '').toMatch(/^$|^t=\w+(&[a-z]+=[\w.,-]+)*&v=0123abcd$/);
    }),
    { numRuns: 300 },
  );
});

describe("originals: 'deny'", () => {
  const denying = bundle({ originals: 'deny', types: { thumb: { w: 200, h: 200, locked: true } } });
  const denied = {
    statusCode: 403,
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: 'max-age=60' },
    },
    body: { encoding: 'text', data: 't: got no known type, allowed: the name of a configured type\n' },
  };
  const broken = {
    request: { uri: '/a.jpg', querystring: { t: null }, headers: {} },
  } as unknown as FunctionEvent;
  const cases: readonly (readonly [FunctionEvent, object])[] = [
    [event('/cat.jpg'), denied],
    [event('/cat.jpg?t=Z'), denied],
    [event('/cat.jpg?t='), denied],
    [event('/cat.jpg?t=__proto__'), denied],
    [event('/%zz.jpg'), denied],
    [event('/cat.jpg?t=thumb'), goes('/cat.jpg', 't=thumb&w=200&h=200&v=0123abcd')],
    [event('/cat.jpg?t=thumb&w=5'), bad('w: not allowed, type thumb locks it\n')],
    // Whatever fails inside is a refusal, not the original.
    [broken, { statusCode: 403, body: { data: 'internal: the request could not be read\n' } }],
  ];
  const sent = cases.map(([one]) => one);
  const wanted = cases.map(([, outcome]) => outcome);

  test('a type is compulsory, under Node', () => expect(runInNode(denying, sent)).toMatchObject(wanted));
  testWith('njs', njs)('a type is compulsory, under njs', () => {
    expect(runInNjs(denying, sent)).toMatchObject(wanted);
  });
});

test('is smaller than CloudFront takes, and says so where it is not', () => {
  expect(Buffer.byteLength(CODE)).toBeLessThan(10_240);
  const types = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`type-${i}`, { w: 100 + i }]));
  expect(() => bundle({ types })).toThrow(
    /^the viewer-request function: got \d+ bytes, allowed: at most 10240;/,
  );
});

const EIGHT_TYPES = Object.fromEntries(
  ['thumb', 'card', 'hero', 'avatar', 'banner', 'gallery', 'social', 'zoom'].map((name, i) => [
    name,
    { w: 100 * (i + 1), h: 50 * (i + 1), format: 'auto', quality: 70 } as const,
  ]),
);

test('has room for eight types, with signing and with steps', () => {
  const snap = { w: [320, 640, 960, 1280], quality: 10, position: 0.1 };
  expect(Buffer.byteLength(bundle({ signing: true, types: EIGHT_TYPES, snap }))).toBeLessThanOrEqual(10_240);
});

describe.each([
  ['plain', bundle()],
  ['signed', bundle({ signing: true })],
])('the %s script', (_name, script) => {
  const { body } = parseSync(script, { target: 'es2022', syntax: 'ecmascript' });
  const functions = body.filter((node) => node.type === 'FunctionDeclaration');

  test('is functions at the top level, without a wrapper and without exports', () => {
    expect(functions.map(({ identifier }) => identifier.value)).toContain('handler');
    expect(new Set(body.map(({ type }) => type))).toEqual(
      new Set([
        ...(script.startsWith('import') ? ['ImportDeclaration'] : []),
        ...['FunctionDeclaration', 'VariableDeclaration'],
      ]),
    );
  });

  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html:
  // "async arguments and closures are not supported".
  test('has no async function that is not at the top level', () => {
    const asyncs = JSON.stringify(body).match(/"async":true/g) ?? [];
    expect(asyncs).toHaveLength(functions.filter((node) => node.async).length);
  });
});
