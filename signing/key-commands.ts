import { createHash } from 'node:crypto';
import { UserError } from '../errors/user-error';
import type { KeyStore } from './key-store';
import { signUrl } from './sign';
import { createKey, rotate, type SigningKeys } from './signing-keys';

export interface CommandOptions {
  readonly store: KeyStore;
  /** Prints one line of the answer. */
  readonly print: (line: string) => void;
  /** Whether the keys themselves are printed, in place of a digest. */
  readonly showKeys: boolean;
}

/**
 * Makes the first key.
 *
 * @throws UserError where there is one already
 */
export async function createKeys({ store, print, showKeys }: CommandOptions): Promise<void> {
  const { keys, version } = await store.read();
  if (keys)
    throw new UserError(`${store.name} has keys already; replace the current one with: edgecrop keys rotate`);
  await replace({ store, print, showKeys }, { current: createKey() }, version);
}

/**
 * Makes the current key the previous one, and a new current key.
 *
 * @throws UserError where there is none yet
 */
export async function rotateKeys({ store, print, showKeys }: CommandOptions): Promise<void> {
  const { keys, version } = await existing(store);
  await replace({ store, print, showKeys }, rotate(keys), version);
  print('Sign with the new key once it has reached every edge location, which takes seconds.');
  print('URLs signed with the previous key stay valid until the next rotate or retire.');
}

/**
 * Drops the previous key: URLs signed with it are refused from then on.
 *
 * @throws UserError where there is no previous key
 */
export async function retireKey({ store, print, showKeys }: CommandOptions): Promise<void> {
  const { keys, version } = await existing(store);
  if (keys.previous === undefined) throw new UserError(`${store.name} has no previous key`);
  await replace({ store, print, showKeys }, { current: keys.current }, version);
}

/** Lists the keys. */
export async function listKeys({ store, print, showKeys }: CommandOptions): Promise<void> {
  const { keys } = await existing(store);
  describe(keys, print, showKeys);
}

/**
 * Requests a URL with and without a signature.
 *
 * @returns whether the answers are those of a deployment that checks signatures
 */
export async function testUrl({ store, print }: CommandOptions, url: string): Promise<boolean> {
  const { keys } = await existing(store);
  const signed = await statusOf(signUrl(url, keys.current));
  const unsigned = await statusOf(url);
  print(`signed    ${signed}`);
  print(`unsigned  ${unsigned}`);
  const isRight = !/^(403|5)/.test(signed) && unsigned.startsWith('403');
  print(
    isRight
      ? 'The deployment checks signatures and accepts this key.'
      : 'A deployment that checks signatures with this key would answer otherwise.',
  );
  return isRight;
}

async function existing(store: KeyStore): Promise<{ readonly keys: SigningKeys; readonly version: string }> {
  const { keys, version } = await store.read();
  if (keys === undefined)
    throw new UserError(`${store.name} has no keys yet; make one with: edgecrop keys create`);
  return { keys, version };
}

async function replace(
  { store, print, showKeys }: CommandOptions,
  keys: SigningKeys,
  version: string,
): Promise<void> {
  await store.write(keys, version);
  print(`${store.name}:`);
  describe(keys, print, showKeys);
}

/** Prints digests by default: a key that is printed ends up in a log. */
function describe(keys: SigningKeys, print: CommandOptions['print'], showKeys: boolean): void {
  for (const [name, key] of Object.entries(keys) as [string, string][]) {
    print(
      `  ${name.padEnd(8)}  ${showKeys ? key : createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
    );
  }
  if (!showKeys) print('  (the first digits of their SHA-256; print the keys themselves with --print)');
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
