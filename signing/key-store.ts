import type { SigningKeys } from './signing-keys';

/** What a store holds at a moment. */
export interface StoredKeys {
  /** Undefined where there are none yet. */
  readonly keys: SigningKeys | undefined;
  /** Of the store; a write names it, so that two people do not overwrite each other. */
  readonly version: string;
}

/** Where the keys of a deployment are kept. */
export interface KeyStore {
  /** For people: a path, an ARN. */
  readonly name: string;
  /** @throws UserError where the store cannot be read */
  read(): Promise<StoredKeys>;
  /**
   * Replaces all keys at once.
   *
   * @throws UserError where the store cannot be written, or is no longer of that version
   */
  write(keys: SigningKeys, version: string): Promise<void>;
}
