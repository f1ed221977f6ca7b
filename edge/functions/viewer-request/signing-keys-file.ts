import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { UserError } from '../../../errors/user-error';
import { readSigningKeys, type SigningKeys } from '../../../signing/signing-keys';
import type { Behavior } from '../../assembly/behavior';
import type { Log } from '../../operations/log';
import type { KeyValueStore } from './engine-modules';

/** A file that is watched for changes, or JSON text. */
export type SigningKeysSource = { readonly file: string } | { readonly text: string };

/** Signing keys that may be replaced while the edge runs. */
export interface OpenSigningKeys {
  readonly store: KeyValueStore;
  /** Reads the file again now. */
  reload(): void;
  close(): void;
}

export interface SigningKeysOptions {
  readonly warn: Log;
  readonly info: Log;
}

/** In milliseconds. The file is polled, because mounted secrets are replaced in ways that file events miss. */
const POLL_INTERVAL = 1_000;

/**
 * Opens the keys of an assembly that requires signed URLs.
 *
 * @throws UserError if there are no keys or they are invalid
 */
export function openSigningKeys(
  source: SigningKeysSource | undefined,
  { warn, info }: SigningKeysOptions,
): OpenSigningKeys {
  if (source === undefined) {
    throw new UserError(
      'the assembly requires signed URLs, but there are no keys; give a file: --signing-keys FILE ' +
        '(npm run keys -- create --file FILE), or set EDGECROP_SIGNING_KEYS',
    );
  }
  if ('text' in source) {
    const keys = readSigningKeys(source.text, 'EDGECROP_SIGNING_KEYS');
    return { store: toKeyValueStore(keys), reload: () => {}, close: () => {} };
  }
  const { file } = source;
  let keys = readFile(file);
  const reload = () => {
    try {
      keys = readFile(file);
      info(`${file}: reloaded the signing keys`);
    } catch (error) {
      // URLs signed with the previous keys stay valid.
      warn(`${error instanceof Error ? error.message : error}; keeping the previous keys`);
    }
  };
  watchFile(file, { interval: POLL_INTERVAL, persistent: false }, reload);
  return {
    store: (name) => toKeyValueStore(keys)(name),
    reload,
    close: () => unwatchFile(file, reload),
  };
}

/** Presents the keys as the KeyValueStore that the function reads. */
export function toKeyValueStore(keys: SigningKeys): KeyValueStore {
  return (name) => (name === 'current' || name === 'previous' ? keys[name] : undefined);
}

/** Whether any function of the assembly reads signing keys. */
export function requiresSigningKeys(behaviors: readonly Behavior[]): boolean {
  return behaviors.some(({ viewerRequest }) => viewerRequest?.keyValueStore !== undefined);
}

function readFile(file: string): SigningKeys {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`${file} can't be read; create it with: npm run keys -- create --file ${file}`, {
      cause: error,
    });
  }
  return readSigningKeys(text, file);
}
