import type { Answer } from '../../conformance/harness/client';
import { createContext } from '../../conformance/harness/context';
import { drawObjects } from '../../conformance/objects/objects';
import { PROBES } from '../../conformance/probes';
import { readBodyLength } from '../../conformance/probes/function';
import { REVALIDATION } from '../../conformance/probes/revalidation';
import { runConformance } from '../../conformance/run';
import { printTable } from '../../conformance/table';

const rendered = { 'crop-status': 'rendered;size=550x550;bytes=1;attempts=1' };

test.each([
  ['a long variant', { status: 200, headers: rendered, body: Buffer.alloc(900_000) }, 'told', /^the decoded/],
  ['a 502', { status: 502, headers: {}, body: Buffer.alloc(0) }, 'told', /^the base64/],
  ['a short variant', { status: 200, headers: rendered, body: Buffer.alloc(700_000) }, 'unknown', /decoded/],
  ['an original', { status: 200, headers: {}, body: Buffer.alloc(900_000) }, 'unknown', /not rendered/],
])('which length counts: %s', (_name, answer, kind, text) => {
  const finding = readBodyLength(answer);
  expect(finding.kind).toBe(kind);
  expect(finding.kind === 'told' ? finding.what : finding.reason).toMatch(text);
});

test('a revalidated entry tells whose Cache-Control stands', async () => {
  const answers: Answer[] = [
    { status: 200, headers: { 'x-cache': 'Miss from cloudfront' }, body: Buffer.alloc(0) },
    {
      status: 200,
      headers: { 'x-cache': 'RefreshHit from cloudfront', 'cache-control': 'public, max-age=1' },
      body: Buffer.alloc(0),
    },
  ];
  const stored: (string | undefined)[] = [];
  const context = createContext({
    ask: async () => answers.shift()!,
    objects: await drawObjects(),
    prefix: '',
    bucket: { put: async (_key, { cacheControl }) => void stored.push(cacheControl) },
  });
  expect(await REVALIDATION.run(context)).toEqual({ kind: 'told', what: 'no: the old one stands' });
  expect(stored).toEqual(['public, max-age=1', 'public, max-age=2']);
});

/** What a probe tells of a deployment that answers all alike. */
async function findingOf(name: string, answer: Partial<Answer>): Promise<string> {
  const ask = async () => ({ status: 200, headers: {}, body: Buffer.alloc(0), ...answer });
  const context = createContext({
    ask,
    objects: await drawObjects(),
    prefix: '',
    signingKey: 'k'.repeat(43),
  });
  const probe = PROBES.find((one) => one.name === name);
  const finding = await probe!.run(context);
  return finding.kind === 'told' ? finding.what : finding.reason;
}

test.each<[string, Partial<Answer>, RegExp]>([
  ['probe.query-visible', { headers: { 'crop-status': 'rendered;size=60x40' } }, /^yes: it rendered/],
  ['probe.query-visible', {}, /^no: originals in place of crops\. Remedy: /],
  [
    'probe.preflight',
    { status: 204, headers: { 'access-control-allow-origin': '*' } },
    /^the function answers/,
  ],
  ['probe.preflight', { status: 403 }, /^a browser refuses it: 403, .* Remedy: /],
  ['probe.signed-async', { status: 200 }, /^yes: a signed URL is answered 200/],
  ['probe.signed-async', { status: 403, body: Buffer.from('unchecked: the') }, /^no, or .* Remedy: /],
])('%s: %j', async (name, answer, text) => {
  expect(await findingOf(name, answer)).toMatch(text);
});

test('the table: a line each, a reason where something is wrong, no control characters', async () => {
  const check = (name: string, run: () => Promise<never>) => ({ name, about: `about ${name}`, run });
  const report = await runConformance(
    createContext({
      ask: () => Promise.reject(new Error('unused')),
      objects: await drawObjects(),
      prefix: '',
    }),
    {
      checks: [
        { name: 'a.good', about: 'all is well', run: async () => ({ kind: 'pass' }) },
        check('a.bad', () => Promise.reject(new Error('socket\n\u001b[31mhang up'))),
        { name: 'a.dim', about: '', run: async () => ({ kind: 'unknown', reason: 'no X-Cache' }) },
      ],
      probes: [{ name: 'probe.x', about: 'is it?', run: async () => ({ kind: 'told', what: 'yes' }) }],
    },
  );
  expect(printTable(report)).toBe(
    [
      'pass            a.good   all is well',
      'FAIL            a.bad    socket [31mhang up',
      'could not tell  a.dim    no X-Cache',
      '',
      'told            probe.x  is it? yes',
      '',
      '3 checks: 1 passed, 1 failed, 1 could not tell. 1 probes: 1 told.',
      '',
    ].join('\n'),
  );
});
