import type { Answer } from '../../conformance/harness/client';
import { createContext } from '../../conformance/harness/context';
import { drawObjects } from '../../conformance/objects/objects';
import { SIGNING } from '../../conformance/probes/signing';
import { signUrl } from '../../signing/sign';
import { KEYS } from '../support/signature-vectors';

const answer = (status: number, text: string): Answer => ({ status, headers: {}, body: Buffer.from(text) });

/** A deployment that knows one key. */
const ask = async (path: string): Promise<Answer> => {
  if (!path.includes('sig=')) return answer(403, 'unsigned: x\n');
  return path === signUrl(path, KEYS.current) ? answer(200, '') : answer(403, 'wrong: y\n');
};

test('a signed deployment is asked with signatures, and the probe tells what it does without', async () => {
  const context = createContext({ ask, objects: await drawObjects(), prefix: '', signingKey: KEYS.current });
  expect((await context.ask(context.original('compass'))).status).toBe(200);
  expect(await SIGNING.run(context)).toEqual({
    kind: 'told',
    what: 'signed: 200; unsigned: 403 (unsigned: x); wrong: 403 (wrong: y)',
  });
});

test('without a key nothing is signed, and the probe says what it needs', async () => {
  const context = createContext({ ask, objects: await drawObjects(), prefix: '' });
  expect((await context.ask(context.original('compass'))).status).toBe(403);
  expect(await SIGNING.run(context)).toMatchObject({ kind: 'unknown' });
});
