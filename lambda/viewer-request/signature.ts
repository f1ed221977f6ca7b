import { EXPIRES, normalStringToSign, SIGNATURE } from '../contract/string-to-sign';
import type { Asked } from './read-request';

/** The key store, the HMAC and the clock that a signature is checked with. */
export interface SignatureCheck {
  /** Reads a key from the store; rejects if there is none. */
  readonly readKey: (name: 'current' | 'previous') => Promise<string>;
  /** HMAC-SHA256 as base64url. */
  readonly hmac: (key: string, text: string) => string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Why a request is refused. */
export type SignatureFault = 'unsigned' | 'wrong' | 'expired';

/** Shorter keys are ignored: with an empty one, anybody could sign. */
const MIN_KEY_LENGTH = 32;

/**
 * Checks a request's signature.
 *
 * @returns undefined if the signature is valid
 * @throws the store's error if it has no current key
 */
export async function signatureFault(
  asked: Asked,
  check: SignatureCheck,
): Promise<SignatureFault | undefined> {
  const signed = asked.raw[SIGNATURE];
  const until = asked.raw[EXPIRES];
  if (signed === undefined) return 'unsigned';
  if (signed.multiValue !== undefined) return 'wrong';
  if (signed.value === '') return 'unsigned';
  if (until !== undefined && (until.multiValue !== undefined || !/^[0-9]{1,10}$/.test(until.value)))
    return 'wrong';
  if (asked.path === undefined) return 'wrong';
  const signature = signed.value;
  const expires = until === undefined ? undefined : until.value;
  const text = normalStringToSign(asked.path, asked.query, expires);

  const current = await check.readKey('current');
  if (!isSignedWith(current, text, signature, check)) {
    let previous = '';
    try {
      previous = await check.readKey('previous');
    } catch (_none) {
      // There is a previous key only during a rotation.
    }
    if (!isSignedWith(previous, text, signature, check)) return 'wrong';
  }
  return expires !== undefined && check.now >= Number(expires) * 1000 ? 'expired' : undefined;
}

function isSignedWith(key: string, text: string, signature: string, check: SignatureCheck): boolean {
  return key.length >= MIN_KEY_LENGTH && isSame(check.hmac(key, text), signature);
}

/** Compares in constant time: the engine has no `timingSafeEqual`. */
function isSame(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ given.charCodeAt(i);
  return difference === 0;
}
