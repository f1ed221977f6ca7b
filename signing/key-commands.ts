import { createHash } from 'node:crypto';
import { UserError } from '../errors/user-error';
import type { KeyStore } from './key-store';
import { signUrl } from './sign';
import { createKey, rotate, type SigningKeys } from './signing-keys';

/** Gets a line for people. */
export type Say = (line: string) => void;

export interface CommandOptions {
  readonly store: KeyStore;
  readonly say: Say;
  /** Whether the keys themselves are said. */
  readonly print: boolean;
}

/**
 * Makes the first key.
 *
 * @throws UserError where there is one already
 */
export async function createKeys({ store, say, print }: CommandOptions): Promise<void> {
  const { keys, version } = await store.read();
  if (keys) throw new UserError(`${store.name} has keys already; make a new one with: rotate`);
  await replace({ store, say, print }, { current: createKey() }, version);
}

/**
 * Makes the current key the previous one, and a new current key.
 *
 * @throws UserError where there is none yet
 */
export async function rotateKeys({ store, say, print }: CommandOptions): Promise<void> {
  const { keys, version } = await existing(store);
  await replace({ store, say, print }, rotate(keys), version);
  say(
    'sign with the new key as soon as it is everywhere, which takes seconds; what the one before has signed',
  );
  say('stays good until the next rotate, or until: retire');
}

/**
 * Drops the previous key: what it has signed is refused from then on.
 *
 * @throws UserError where there is none
 */
export async function retireKey({ store, say, print }: CommandOptions): Promise<void> {
  const { keys, version } = await existing(store);
  if (keys.previous === undefined) throw new UserError(`${store.name} has no previous key`);
  await replace({ store, say, print }, { current: keys.current }, version);
}

/** Says which keys there are. */
export async function listKeys({ store, say, print }: CommandOptions): Promise<void> {
  const { keys } = await existing(store);
  describe(keys, say, print);
}

/**
 * Asks for a URL with and without a signature.
 *
 * @returns whether a deployment that checks signatures would answer so
 */
export async function testUrl({ store, say }: CommandOptions, url: string): Promise<boolean> {
  const { keys } = await existing(store);
  const signed = await statusOf(signUrl(url, keys.current));
  const unsigned = await statusOf(url);
  say(`signed    ${signed}`);
  say(`unsigned  ${unsigned}`);
  const isRight = !/^(403|5)/.test(signed) && unsigned.startsWith('403');
  say(
    isRight ? 'signatures are checked, and this key is known' : 'this is not how a signed deployment answers',
  );
  return isRight;
}

async function existing(store: KeyStore): Promise<{ readonly keys: SigningKeys; readonly version: string }> {
  const { keys, version } = await store.read();
  if (keys === undefined) throw new UserError(`${store.name} has no keys yet; make one with: create`);
  return { keys, version };
}

async function replace(
  { store, say, print }: CommandOptions,
  keys: SigningKeys,
  version: string,
): Promise<void> {
  await store.write(keys, version);
  say(`${store.name}:`);
  describe(keys, say, print);
}

/** By a digest, from which no key can be had. */
function describe(keys: SigningKeys, say: Say, print: boolean): void {
  for (const [name, key] of Object.entries(keys) as [string, string][]) {
    say(`  ${name.padEnd(8)}  ${print ? key : createHash('sha256').update(key).digest('hex').slice(0, 8)}`);
  }
  if (!print) say('  (the first digits of their SHA-256; the keys themselves: --print)');
}

async function statusOf(url: string): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) });
    const text = response.headers.get('content-type')?.startsWith('text/plain') ? await response.text() : '';
    await response.body?.cancel().catch(() => {});
    return `${response.status} ${text.split('\n')[0]?.slice(0, 100) ?? ''}`.trim();
  } catch (error) {
    const { cause } = error as { readonly cause?: unknown };
    const reason = cause instanceof Error ? cause.message : error instanceof Error ? error.message : error;
    throw new UserError(`${new URL(url).origin} does not answer: ${reason}`);
  }
}
