import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { findSigningKeysArn } from '../../signing/deployed-stack';
import { createFileStore } from '../../signing/file-store';
import { createKeys, listKeys, retireKey, rotateKeys, testUrl } from '../../signing/key-commands';
import type { KeyStore } from '../../signing/key-store';
import { createKvsStore } from '../../signing/kvs-store';
import { signUrl } from '../../signing/sign';
import { afterThisTest, temporaryFolder } from '../support/cleanup';
import { commandLine } from '../support/command-line';
import { ARN, startFakeKvs } from './fake-kvs';

const KEY = /^[A-Za-z0-9_-]{43}$/;

interface Target {
  readonly store: KeyStore;
  /** What a function or an edge would read. */
  read(): Promise<Record<string, string>>;
}

const targets: Readonly<Record<string, () => Promise<Target>>> = {
  file: async () => {
    const file = join(await temporaryFolder(), 'keys.json');
    return { store: createFileStore(file), read: async () => JSON.parse(await readFile(file, 'utf8')) };
  },
  KeyValueStore: async () => {
    const { client, store } = await startFakeKvs();
    return { store: createKvsStore(ARN, client), read: async () => Object.fromEntries(store) };
  },
};

function run(store: KeyStore, showKeys = false) {
  const said: string[] = [];
  return { options: { store, showKeys, print: (line: string) => said.push(line) }, said };
}

describe.each(Object.entries(targets))('in a %s', (_, open) => {
  test('a key is made, rotated and retired', async () => {
    const { store, read } = await open();
    const { options, said } = run(store);
    await createKeys(options);
    const first = await read();
    expect(first).toEqual({ current: expect.stringMatching(KEY) });

    await rotateKeys(options);
    const second = await read();
    expect(second).toEqual({ current: expect.stringMatching(KEY), previous: first.current });
    expect(second.current).not.toBe(first.current);

    await retireKey(options);
    expect(await read()).toEqual({ current: second.current });
    await listKeys(options);
    for (const key of Object.values(second)) expect(said.join('\n')).not.toContain(key);
  });

  test('a key is shown to who asks for it', async () => {
    const { store, read } = await open();
    const { options, said } = run(store, true);
    await createKeys(options);
    expect(said).toContain(`  current   ${(await read()).current}`);
  });

  test('what cannot be done is said, and nothing changes', async () => {
    const { store, read } = await open();
    const { options } = run(store);
    for (const command of [rotateKeys, retireKey, listKeys]) {
      await expect(command(options)).rejects.toThrow(
        `${store.name} has no keys yet; make one with: edgecrop keys create`,
      );
    }
    await createKeys(options);
    const made = await read();
    await expect(createKeys(options)).rejects.toThrow(
      `${store.name} has keys already; replace the current one with: edgecrop keys rotate`,
    );
    await expect(retireKey(options)).rejects.toThrow(`${store.name} has no previous key`);
    expect(await read()).toEqual(made);
  });
});

test('who writes over what somebody else has changed meanwhile is told so', async () => {
  const { client, store, bump } = await startFakeKvs({ current: 'a'.repeat(43) });
  const kvs = createKvsStore(ARN, client);
  const { version } = await kvs.read();
  bump();
  await expect(kvs.write({ current: 'b'.repeat(43) }, version)).rejects.toThrow(
    `${ARN}: it was changed meanwhile by somebody else; run it again`,
  );
  expect(store.get('current')).toBe('a'.repeat(43));

  const file = join(await temporaryFolder(), 'keys.json');
  const files = createFileStore(file);
  const seen = await files.read();
  await writeFile(file, JSON.stringify({ current: 'a'.repeat(43) }));
  await expect(files.write({ current: 'b'.repeat(43) }, seen.version)).rejects.toThrow(
    'was changed meanwhile',
  );
});

test('the KeyValueStore is asked as AWS wants it: at the host of the account, signed for all regions', async () => {
  const { client, requests } = await startFakeKvs();
  await createKeys(run(createKvsStore(ARN, client)).options);
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST']);
  for (const { host, authorization } of requests) {
    expect(host).toMatch(/^123456789012\.kvs\.invalid:/);
    expect(authorization).toMatch(
      /^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/cloudfront-keyvaluestore\//,
    );
  }
});

test('a store that is not there is said in one line', async () => {
  const { client } = await startFakeKvs();
  const other = ARN.replace('85c', '000');
  await expect(createKvsStore(other, client).read()).rejects.toThrow(
    `${other}: there is no such store; see the output SigningKeysArn of the stack`,
  );
});

test('a file of keys is for its owner alone, and never half written', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'keys.json');
  await createKeys(run(createFileStore(file)).options);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("the store's ARN is the stack's output", async () => {
  const stacks = mockClient(CloudFormationClient);
  const Outputs = [{ OutputKey: 'SigningKeysArn', OutputValue: ARN }];
  stacks.on(DescribeStacksCommand, { StackName: 'Edgecrop' }).resolves({ Stacks: [{ Outputs } as never] });
  stacks.on(DescribeStacksCommand, { StackName: 'Other' }).resolves({ Stacks: [{ Outputs: [] } as never] });
  stacks
    .on(DescribeStacksCommand, { StackName: 'None' })
    .rejects(new Error('Stack with id None does not exist'));
  expect(await findSigningKeysArn('Edgecrop')).toBe(ARN);
  await expect(findSigningKeysArn('Other')).rejects.toThrow(
    'has no SigningKeysArn; deploy it with "signing": true',
  );
  await expect(findSigningKeysArn('None')).rejects.toThrow(
    "the stack None can't be read (Stack with id None does",
  );
});

test.each([
  ['a signed deployment', (isSigned: boolean) => (isSigned ? 200 : 403), true],
  ['an open one', () => 200, false],
  ['one with another key', () => 403, false],
])('test tells %s', async (_, status, isRight) => {
  const { client } = await startFakeKvs({ current: 'a'.repeat(43) });
  const signed = signUrl('/cat.jpg?t=A', 'a'.repeat(43));
  const server = createServer((request, response) => {
    response.writeHead(status(request.url === signed), { 'content-type': 'text/plain' }).end('a line\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => server.closeAllConnections());
  afterThisTest(() => server.close());
  const { options, said } = run(createKvsStore(ARN, client));
  const { port } = server.address() as AddressInfo;
  expect(await testUrl(options, `http://127.0.0.1:${port}/cat.jpg?t=A`)).toBe(isRight);
  expect(said.slice(0, 2)).toEqual([`signed    ${status(true)} a line`, `unsigned  ${status(false)} a line`]);
});

test('edgecrop keys says what is wrong in one line', async () => {
  const keys = (...args: string[]) =>
    new Promise<{ code: unknown; stderr: string; stdout: string }>((resolve) => {
      execFile(process.execPath, [commandLine(), 'keys', ...args], (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  const file = join(await temporaryFolder(), 'keys.json');
  expect(await keys('create', '--file', file)).toMatchObject({ code: 0, stderr: '' });
  expect(await keys('create', '--file', file)).toEqual({
    code: 1,
    stdout: '',
    stderr: `edgecrop: ${file} has keys already; replace the current one with: edgecrop keys rotate\n`,
  });
  expect(await keys('test', 'nope', '--file', file)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /a URL that begins with https:\/\/ or http:\/\/\. Example: edgecrop keys test [^\n]*\n$/,
    ),
  });
});
