import { createHmac } from 'node:crypto';
import { type QueryPair, readQuery } from '../lambda/contract/query';
import { EXPIRES, SIGNATURE, stringToSign } from '../lambda/contract/string-to-sign';
import { isSigningKey } from './key-format';

export interface SignOptions {
  /**
   * When the signature ends: a date, or whole seconds since 1970.
   *
   * @default - never
   */
  readonly expires?: Date | number;
}

/** The most that ten digits hold: the year 2286. Milliseconds are more, and a mistake. */
const MAX_EXPIRES = 9_999_999_999;

/** Scheme and host, path, query, fragment. Not `URL`, which would resolve dots and encode anew. */
const PARTS = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?(#.*)?$/is;

/**
 * Signs a URL for a deployment with `signing: true`. On a server only: who has the key signs anything.
 *
 * Every spelling of one crop has one signature, and a signature that is there is replaced.
 *
 * @param url whole, or from its path on
 * @param key as `npm run keys` makes it: 32 to 128 characters of base64url
 * @throws TypeError or RangeError: one line that says what came and what is allowed; never the key
 */
export function signUrl(url: string, key: string, { expires }: SignOptions = {}): string {
  // An environment variable that is not set gets past the types.
  if (typeof key !== 'string' || !isSigningKey(key)) {
    const came = typeof key === 'string' ? `${(key as string).length} characters` : typeof key;
    throw new TypeError(`key: got ${came}, allowed: 32 to 128 of A-Z, a-z, 0-9, - and _`);
  }
  const [, base = '', path = '', search = '', fragment = ''] = PARTS.exec(url) ?? [];
  if (!(path.startsWith('/') || (path === '' && base !== ''))) {
    throw new TypeError(`url: got ${JSON.stringify(url)}, allowed: one with a path that begins with /`);
  }
  const until = expires === undefined ? undefined : readExpires(expires);
  const query = readQuery(search).filter(({ name }) => name !== SIGNATURE && name !== EXPIRES);
  const text = stringToSign(path === '' ? '/' : path, query, until);
  if (text === undefined) {
    throw new TypeError(`url: got ${JSON.stringify(url)}, allowed: a path in UTF-8, percent-encoded`);
  }
  const signed: readonly QueryPair[] = [
    ...query,
    ...(until === undefined ? [] : [{ name: EXPIRES, value: until }]),
    { name: SIGNATURE, value: createHmac('sha256', key).update(text).digest('base64url') },
  ];
  return `${base}${path}?${signed.map(({ name, value }) => `${name}=${value}`).join('&')}${fragment}`;
}

function readExpires(expires: Date | number): string {
  const seconds = expires instanceof Date ? Math.floor(expires.getTime() / 1000) : expires;
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_EXPIRES) return String(seconds);
  throw new RangeError(
    `expires: got ${typeof seconds === 'number' ? seconds : JSON.stringify(seconds)}, allowed: a date, or whole seconds since 1970`,
  );
}
