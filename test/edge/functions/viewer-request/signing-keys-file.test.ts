import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signUrl } from '../../../../signing/sign';
import { createKey, rotate, type SigningKeys } from '../../../../signing/signing-keys';
import { argumentsFor, runEdge } from '../../../bin/commands/serve-fixture';
import { temporaryFolder } from '../../../support/cleanup';
import { KEYS, SIGNATURE_VECTORS } from '../../../support/signature-vectors';
import { serve } from '../../dev-edge-fixture';
import { deploy, SLOW_CROPS, serveSelfHosted } from '../../self-hosted-edge-fixture';
import { signedAssembly } from './signing-fixture';

const FILES = { 'cat.jpg': 'cat', '한국.jpg': 'Korean', 'a b.jpg': 'space', 'a+b.jpg': 'plus' };

async function keyFile(keys: SigningKeys): Promise<string> {
  const file = join(await temporaryFolder(), 'keys.json');
  await writeFile(file, JSON.stringify(keys));
  return file;
}

test('every vector, over HTTP', async () => {
  const edge = await serve({ ...signedAssembly(), files: FILES }, { signingKeys: KEYS });
  for (const { name, url, method, outcome } of SIGNATURE_VECTORS) {
    const answer = await edge.ask(url, { ...(method && { method }) });
    const seen =
      typeof outcome === 'string' ? answer.status : { status: answer.status, text: `${answer.body}` };
    expect([name, seen]).toEqual([name, typeof outcome === 'string' ? 200 : outcome]);
  }
  expect(edge.reasons).toEqual([]);
});

test('a picture that is cached is not given to who has no signature, nor is the refusal cached', async () => {
  const edge = await serve({ ...signedAssembly(), files: FILES }, { signingKeys: KEYS });
  const signed = signUrl('/cat.jpg?t=A&w=1', KEYS.current);
  expect(await edge.ask('/cat.jpg?t=A&w=1')).toMatchObject({
    status: 403,
    headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  });
  expect((await edge.ask(signed)).headers['x-cache']).toBe('Miss from edgecrop');
  expect((await edge.ask('/cat.jpg?t=A&w=1')).status).toBe(403);
  // The signature is no part of the key: with the other key it is the same entry.
  expect(
    (await edge.ask(signUrl('/cat.jpg?w=1&t=A', KEYS.previous, { expires: 4e9 }))).headers['x-cache'],
  ).toBe('Hit from edgecrop');
});

test('without keys of its own a run makes some', async () => {
  const edge = await serve({ ...signedAssembly(), files: FILES });
  expect((await edge.ask(signUrl('/cat.jpg?t=A', edge.signingKeys?.current ?? ''))).status).toBe(200);
  expect((await edge.ask(signUrl('/cat.jpg?t=A', createKey()))).status).toBe(403);
  expect((await serve()).signingKeys).toBeUndefined();
});

test('keys rotate under load without a request that fails', async () => {
  let keys: SigningKeys = { current: createKey() };
  const oldest = keys.current;
  const file = await keyFile(keys);
  const edge = await serveSelfHosted(await deploy({ ...signedAssembly(), handler: SLOW_CROPS(20) }), {
    signingKeys: { file },
  });
  // New pages are signed with the one, pages that lie open already with the other.
  let signer = keys.current;
  let before = keys.current;
  let isOver = false;
  const statuses: number[] = [];
  const viewer = async (id: number) => {
    for (let i = id; !isOver; i++) {
      const url = signUrl(`/cat.jpg?t=A&w=${(i % 20) + 1}`, i % 2 ? signer : before);
      statuses.push((await edge.ask(url)).status);
    }
  };
  const more = async (count: number) => {
    for (const enough = statuses.length + count; statuses.length < enough; ) await sleep(10);
  };
  const viewers = [0, 5, 10, 15].map(viewer);
  for (let rotation = 0; rotation < 5; rotation++) {
    await more(10);
    keys = rotate(keys);
    // Replaced in one step, as npm run keys does it: the edge may read the file at any moment.
    await writeFile(`${file}.new`, JSON.stringify(keys));
    await rename(`${file}.new`, file);
    // Once as it does by itself, then as SIGHUP would have it.
    if (rotation > 0) edge.reloadKeys();
    else while (edge.infos.length === 0) await sleep(50);
    signer = keys.current;
    await more(10);
    // Long enough after a rotation, nobody has a page from before it.
    before = signer;
  }
  await more(10);
  isOver = true;
  await Promise.all(viewers);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect((await edge.ask(signUrl('/cat.jpg?t=A', oldest))).status).toBe(403);
  expect(edge.warnings).toEqual([]);
});

test('a file that breaks changes nothing but the log, which shows no key', async () => {
  const file = await keyFile(KEYS);
  const edge = await serveSelfHosted(await deploy(signedAssembly()), { signingKeys: { file } });
  for (const broken of ['', `{"current":"${KEYS.current}`, '{"current":"too short"}', '{}']) {
    await writeFile(file, broken);
    edge.reloadKeys();
    expect((await edge.ask(signUrl('/cat.jpg?t=A', KEYS.current))).status).toBe(200);
    expect(edge.warnings.at(-1)).toMatch(/keys\.json: .*; keeping the previous keys$/);
    expect(edge.warnings.join()).not.toContain(KEYS.current.slice(0, 8));
  }
});

test('npm run edge reads the keys again on SIGHUP', async () => {
  const file = await keyFile({ current: KEYS.previous });
  const edge = runEdge([...argumentsFor(await deploy(signedAssembly())), '--signing-keys', file]);
  const url = await edge.ready;
  const signed = signUrl(`${url}cat.jpg?t=A`, KEYS.current);
  expect((await fetch(signed)).status).toBe(403);
  await writeFile(file, JSON.stringify(KEYS));
  edge.child.kill('SIGHUP');
  while (!edge.output().includes('reloaded')) await sleep(20);
  expect((await fetch(signed)).status).toBe(200);
});

test('npm run edge takes the keys from its environment as well', async () => {
  process.env.EDGECROP_SIGNING_KEYS = JSON.stringify(KEYS);
  try {
    const edge = runEdge(argumentsFor(await deploy(signedAssembly())));
    expect((await fetch(signUrl(`${await edge.ready}cat.jpg?t=A`, KEYS.current))).status).toBe(200);
  } finally {
    delete process.env.EDGECROP_SIGNING_KEYS;
  }
});

test.each([
  [
    'none',
    undefined,
    /^the assembly requires signed URLs, but there are no keys; give a file: --signing-keys FILE/,
  ],
  [
    'a file that is missing',
    { file: '/nowhere/keys.json' },
    /^\/nowhere\/keys\.json can't be read; create it with/,
  ],
  ['no JSON', { text: 'x' }, /^EDGECROP_SIGNING_KEYS: got no JSON, allowed: /],
  [
    'a short key',
    { text: '{"current":"x"}' },
    /^EDGECROP_SIGNING_KEYS: keys\.current: allowed: 32 to 128 of /,
  ],
])('a signed assembly does not start with %s', async (_, signingKeys, line) => {
  const starting = serveSelfHosted(await deploy(signedAssembly()), { ...(signingKeys && { signingKeys }) });
  await expect(starting).rejects.toThrow(line);
});
