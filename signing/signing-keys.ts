import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../errors/user-error';
import { isSigningKey } from './key-format';

/** The keys that signatures are checked with, under the names that they have in a KeyValueStore. */
export interface SigningKeys {
  /** What new URLs are signed with. */
  readonly current: string;
  /** What it was before the last rotation; URLs signed with it are still good. */
  readonly previous?: string;
}

const key = z.string().refine(isSigningKey, 'allowed: 32 to 128 of A-Z, a-z, 0-9, - and _');
const schema = z.strictObject({ current: key, previous: key.optional() });

/** 32 random bytes as text; the text is the key. */
export function createKey(): string {
  return randomBytes(32).toString('base64url');
}

/** A new current key; the one before becomes the previous. */
export function rotate(keys: SigningKeys): SigningKeys {
  return { current: createKey(), previous: keys.current };
}

/**
 * Reads keys from JSON.
 *
 * @param where what a complaint names, since it shows no key
 * @throws UserError where it is none
 */
export function readSigningKeys(text: string, where: string): SigningKeys {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What a parser says of the text may show a part of it.
    throw new UserError(
      `${where}: got no JSON, allowed: {"current":"…","previous":"…"}, as npm run keys writes it`,
    );
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const at = ['keys', ...(issue?.path ?? [])].join('.');
    throw new UserError(
      `${where}: ${at}: ${issue?.message}; make them with: npm run keys -- create --file FILE`,
    );
  }
  const { current, previous } = result.data;
  return previous === undefined ? { current } : { current, previous };
}
