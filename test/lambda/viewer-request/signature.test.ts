import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FunctionEvent } from '../../../lambda/viewer-request/event';
import { signUrl } from '../../../signing/sign';
import { functionEvent } from '../../support/function-event';
import { testWith } from '../../support/programs';
import { KEYS, SIGNATURE_VECTORS } from '../../support/signature-vectors';
import { bundleSigned } from '../../support/signed-function';

type Handler = (event: FunctionEvent) => Promise<Record<string, unknown>>;
type Store = Readonly<Record<string, string>>;

const CODE = bundleSigned();
const IMPORTS = /^(import \w+ from'\w+';){2}/;
const njs = ['/usr/bin/njs', '/usr/local/bin/njs'].find((path) => existsSync(path));

const directory = mkdtempSync(join(tmpdir(), 'edgecrop-signature-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The bundle under Node, with a store that rejects what it does not hold, as CloudFront's does. */
function load(store: Store, crypto: unknown = { createHmac }): Handler {
  const get = async (name: string) => store[name] ?? Promise.reject(new Error('KeyNotFound'));
  const make = new Function('cf', 'crypto', `${CODE.replace(IMPORTS, '')}; return handler`);
  return make({ kvs: () => ({ get }) }, crypto) as Handler;
}

async function runInNjs(store: Store, events: readonly FunctionEvent[]): Promise<readonly unknown[]> {
  writeFileSync(
    join(directory, 'cloudfront'),
    `const store = ${JSON.stringify(store)};
     const get = async (name) => { if (store[name] === undefined) throw new Error('KeyNotFound'); return store[name]; };
     export default { kvs: () => ({ get }) };`,
  );
  const script = join(directory, 'cases.js');
  // A line for each: njs breaks longer ones.
  const lines = `const events = ${JSON.stringify(events)};
    const next = (i) => i === events.length || handler(events[i]).then((answer) => {
      console.log(JSON.stringify(answer));
      return next(i + 1);
    });
    next(0);`;
  writeFileSync(script, `${CODE}\n${lines}\n`);
  const output = execFileSync('njs', ['-p', directory, script], { encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

const events = () => SIGNATURE_VECTORS.map(({ url, method }) => functionEvent(url, {}, method));
interface Answer {
  readonly statusCode?: number;
  readonly body?: { readonly data: string };
  readonly uri?: string;
  readonly querystring?: string;
}

const outcomes = (answers: readonly unknown[]) =>
  (answers as readonly Answer[]).map(({ statusCode, body, uri, querystring }) =>
    statusCode === undefined ? `${uri}?${querystring}` : { status: statusCode, text: body?.data },
  );
const expected = SIGNATURE_VECTORS.map(({ outcome }) => outcome);

test('every vector, under Node', async () => {
  const handler = load(KEYS);
  const answers: unknown[] = [];
  for (const one of events()) answers.push(await handler(one));
  expect(outcomes(answers)).toEqual(expected);
});

testWith('njs', njs)("every vector, under njs, the engine of CloudFront's functions", async () => {
  expect(outcomes(await runInNjs(KEYS, events()))).toEqual(expected);
});

test('the client signs as the vectors say', () => {
  const resigned = SIGNATURE_VECTORS.filter(
    ({ url, outcome }) => typeof outcome === 'string' && /sig=/.test(url),
  );
  for (const { url, name } of resigned.filter((vector) => !/key/.test(vector.name))) {
    const expires = /expires=(\d+)/.exec(url)?.[1];
    const signed = signUrl(url, KEYS.current, { ...(expires && { expires: Number(expires) }) });
    expect([name, /sig=(.*)$/.exec(signed)?.[1]]).toEqual([name, /sig=([\w-]+)/.exec(url)?.[1]]);
  }
});

test('a preflight is answered after its signature is checked', async () => {
  const [good] = SIGNATURE_VECTORS;
  expect(await load(KEYS)(functionEvent(good?.url ?? '', {}, 'OPTIONS'))).toMatchObject({ statusCode: 204 });
  expect(await load(KEYS)(functionEvent('/cat.jpg?t=A', {}, 'OPTIONS'))).toMatchObject({ statusCode: 403 });
});

test('without a previous key there is one', async () => {
  const handler = load({ current: KEYS.current });
  const [good] = SIGNATURE_VECTORS;
  const old = SIGNATURE_VECTORS.find(({ name }) => name === 'the previous key');
  expect(await handler(functionEvent(good?.url ?? ''))).toHaveProperty('uri', '/cat.jpg');
  expect(await handler(functionEvent(old?.url ?? ''))).toMatchObject({ statusCode: 403 });
});

describe('whatever fails inside is a refusal', () => {
  const url = SIGNATURE_VECTORS[0]?.url ?? '';
  const unchecked = {
    statusCode: 403,
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: 'no-store' },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: { encoding: 'text', data: 'unchecked: the signature could not be checked\n' },
  };

  test('an empty store', async () => {
    expect(await load({})(functionEvent(url))).toMatchObject(unchecked);
  });

  testWith('njs', njs)('an empty store, under njs', async () => {
    expect(await runInNjs({}, [functionEvent(url)])).toMatchObject([unchecked]);
  });

  test('a store that cannot be opened', async () => {
    const handler = new Function('cf', 'crypto', `${CODE.replace(IMPORTS, '')}; return handler`)(
      {},
      {},
    ) as Handler;
    expect(await handler(functionEvent(url))).toMatchObject(unchecked);
  });

  test('an HMAC that throws', async () => {
    const crypto = {
      createHmac: () => {
        throw new Error('kaputt');
      },
    };
    expect(await load(KEYS, crypto)(functionEvent(url))).toMatchObject(unchecked);
  });

  test('an event that cannot be read', async () => {
    const broken = { request: { uri: '/a.jpg', querystring: { t: null }, headers: {} } };
    expect(await load(KEYS)(broken as never)).toMatchObject(unchecked);
    expect(await load(KEYS)(undefined as never)).toMatchObject(unchecked);
  });

  test.each(['', 'short'])('a key that is none: %j', async (current) => {
    const signature = createHmac('sha256', current).update('/cat.jpg?t=A').digest('base64url');
    const answer = await load({ current })(functionEvent(`/cat.jpg?t=A&sig=${signature}`));
    expect(answer).toMatchObject({ statusCode: 403 });
  });
});

describe('laws', () => {
  const handler = load(KEYS);
  const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const crop = fc.record({
    t: fc.constantFrom('A', 'B'),
    w: option(fc.integer({ min: 1, max: 4096 })),
    h: option(fc.integer({ min: 1, max: 4096 })),
    format: option(fc.constantFrom('jpeg', 'webp', 'auto')),
    quality: option(fc.integer({ min: 1, max: 100 })),
  });
  // An escaped slash is refused.
  const key = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.replaceAll('/', 'x'));
  type Crop = Readonly<Record<string, string | number | undefined>>;
  const query = (values: Crop) =>
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));

  test('every spelling of one URL has one signature', async () => {
    await fc.assert(
      fc.asyncProperty(key, crop, fc.infiniteStream(fc.nat()), async (name, values, dice) => {
        const plain = `/${encodeURIComponent(name)}?${query(values).join('&')}`;
        const escaped = [...Buffer.from(name)]
          .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
          .join('');
        const sorted = query(values)
          .map((part) => ({ part: part.replace(/=(\d)/, '=00$1'), at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ part }) => part.replace('webp', 'WebP').replace('=A', '=%41'));
        const other = `/${escaped}?utm_source=1&${sorted.join('&')}&fit=`;
        const signature = /sig=.*/.exec(signUrl(plain, KEYS.current))?.[0];
        expect(/sig=.*/.exec(signUrl(other, KEYS.current))?.[0]).toBe(signature);
        expect(await handler(functionEvent(`${other}&${signature}`))).toHaveProperty('uri');
      }),
      { numRuns: 500 },
    );
  });

  test('what is tampered with is wrong, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        key,
        crop,
        crop,
        option(fc.integer({ min: 4e9, max: 9e9 })),
        async (name, values, others, expires) => {
          const path = `/${encodeURIComponent(name)}`;
          const signed = signUrl(`${path}?${query(values).join('&')}`, KEYS.current, {
            ...(expires && { expires }),
          });
          expect(await handler(functionEvent(signed))).toHaveProperty('uri');
          const tail = signed.slice(signed.search(/(expires|sig)=/));
          for (const [field, value] of Object.entries(others)) {
            const tampered: Crop = { ...values, [field]: value };
            if (values[field as keyof typeof values] === value) continue;
            const url = `${path}?${[...query(tampered), tail].join('&')}`;
            expect(await handler(functionEvent(url))).toMatchObject({ statusCode: 403 });
          }
          expect(await handler(functionEvent(`${path}x${signed.slice(path.length)}`))).toMatchObject({
            statusCode: 403,
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('fits into what CloudFront takes with everything on, and its two imports stand in front', () => {
  const all = bundleSigned({
    originals: 'deny',
    types: {
      thumb: { w: 200, h: 200, format: 'auto', locked: true },
      card: { w: 640, h: 360, format: 'auto', quality: 70, locked: ['w', 'h', 'format'] },
      hero: { w: 1600, format: 'auto', fit: 'inside' },
    },
    snap: { w: [160, 320, 640, 1280, 1920], h: [160, 320, 640], quality: 5 },
  });
  expect(Buffer.byteLength(all)).toBeLessThan(10_240);
  expect(all).toMatch(IMPORTS);
  expect(bundleSigned({ signing: false })).not.toMatch(/import|async|kvs|sha256/);
});
