import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { UserError } from '../../../errors/user-error';
import { readSigningKeys, type SigningKeys } from '../../../signing/signing-keys';
import type { Behavior } from '../../assembly/assembly';
import type { Log } from '../../http/http-types';
import type { KeyValueStore } from './engine-modules';

/** Where the keys come from: a file that may change, or JSON that does not. */
export type SigningKeysSource = { readonly file: string } | { readonly text: string };

/** Keys that may be replaced while requests are under way. */
export interface OpenSigningKeys {
  readonly read: KeyValueStore;
  /** Reads the file again at once. */
  reload(): void;
  close(): void;
}

export interface SigningKeysOptions {
  readonly warn: Log;
  readonly info: Log;
}

/** How often the file is looked at, in milliseconds. By its state, which sees a secret that is mounted and replaced. */
const WATCH_INTERVAL = 1_000;

/**
 * Opens the keys of a signed assembly.
 *
 * @throws UserError where there are none, or none that can be used
 */
export function openSigningKeys(
  source: SigningKeysSource | undefined,
  { warn, info }: SigningKeysOptions,
): OpenSigningKeys {
  if (source === undefined) {
    throw new UserError(
      'the assembly answers signed URLs only, and there are no keys; name a file: --signing-keys FILE ' +
        '(npm run keys -- create --file FILE), or set EDGECROP_SIGNING_KEYS',
    );
  }
  if ('text' in source) {
    const keys = readSigningKeys(source.text, 'EDGECROP_SIGNING_KEYS');
    return { read: storeOf(keys), reload: () => {}, close: () => {} };
  }
  const { file } = source;
  let keys = readFile(file);
  const reload = () => {
    try {
      keys = readFile(file);
      info(`${file}: the signing keys were read again`);
    } catch (error) {
      // Whoever has a URL that was good goes on with it.
      warn(`${error instanceof Error ? error.message : error}; the keys from before stay`);
    }
  };
  watchFile(file, { interval: WATCH_INTERVAL, persistent: false }, reload);
  return { read: (name) => storeOf(keys)(name), reload, close: () => unwatchFile(file, reload) };
}

/** The keys as a function reads them. */
export function storeOf(keys: SigningKeys): KeyValueStore {
  return (name) => (name === 'current' || name === 'previous' ? keys[name] : undefined);
}

function readFile(file: string): SigningKeys {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`${file} can't be read; make it with: npm run keys -- create --file ${file}`, {
      cause: error,
    });
  }
  return readSigningKeys(text, file);
}

/** Whether a function of an assembly reads keys. */
export function wantsSigningKeys(behaviors: readonly Behavior[]): boolean {
  return behaviors.some(({ viewerRequest }) => viewerRequest?.keyValueStore !== undefined);
}
