import { groupPairs, type QueryPair, splitQuery } from '../lambda/contract/query';
import { EXPIRES, SIGNATURE, stringToSign } from '../lambda/contract/string-to-sign';
import { isSigningKey } from './key-format';

export interface SignOptions {
  /**
   * When the signature ends: a date, or whole seconds since 1970.
   *
   * @default - never
   */
  readonly expires?: Date | number | undefined;
}

/** A URL that waits for its signature. */
export interface SignableUrl {
  readonly stringToSign: string;
  /** The URL with its signature. */
  signedWith(signature: string): string;
}

/** The most that ten digits hold: the year 2286. Milliseconds are more, and a mistake. */
const MAX_EXPIRES = 9_999_999_999;

/** Scheme and host, path, query, fragment. Not `URL`, which would resolve dots and encode anew. */
const PARTS = /^((?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]+)?([^?#]*)(?:\?([^#]*))?(#.*)?$/is;

/**
 * What a browser reads as something else: it takes `\` for `/`, drops tabs and line breaks, and cuts spaces
 * at the ends, so that it would ask for another path than the signed one.
 * https://url.spec.whatwg.org/#concept-basic-url-parser
 */
const REWRITTEN = /^[^?#]*\\|[\t\n\r]|[\p{Cc} ]$/u;

/**
 * Takes a URL apart for its signature. A signature that it already has is left out.
 *
 * @throws TypeError or RangeError: one line that says what came and what is allowed
 */
export function readSignableUrl(url: string, { expires }: SignOptions): SignableUrl {
  const refused = (allowed: string) => new TypeError(`url: got ${JSON.stringify(url)}, allowed: ${allowed}`);
  if (REWRITTEN.test(url)) throw refused('no \\ in the path, no tab or line break, no space at the end');
  const [, base = '', path = '', search = '', fragment = ''] = PARTS.exec(url) ?? [];
  // With a host in front, a path may begin with two slashes; without one, they would begin a host.
  if (!(base === '' ? /^\/(?!\/)/ : /^(\/|$)/).test(path))
    throw refused('one with a path that begins with /');
  const until = expires === undefined ? undefined : readExpires(expires);
  const query = splitQuery(search).filter(({ name }) => name !== SIGNATURE && name !== EXPIRES);
  const text = stringToSign(path === '' ? '/' : path, groupPairs(query), until);
  if (text === undefined) throw refused('a path in UTF-8, percent-encoded');
  const pairs: readonly QueryPair[] =
    until === undefined ? query : [...query, { name: EXPIRES, value: until }];
  return {
    stringToSign: text,
    signedWith: (signature) => {
      const signed = [...pairs, { name: SIGNATURE, value: signature }];
      return `${base}${path}?${signed.map(({ name, value }) => `${name}=${value}`).join('&')}${fragment}`;
    },
  };
}

/**
 * @throws TypeError for what is no key; never with the key in its message
 */
export function assertSigningKey(key: string): void {
  // An environment variable that is not set gets past the types.
  if (typeof key === 'string' && isSigningKey(key)) return;
  const came = typeof key === 'string' ? `${(key as string).length} characters` : typeof key;
  throw new TypeError(`key: got ${came}, allowed: 32 to 128 of A-Z, a-z, 0-9, - and _`);
}

function readExpires(expires: Date | number): string {
  const seconds = expires instanceof Date ? Math.floor(expires.getTime() / 1000) : expires;
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_EXPIRES) return String(seconds);
  throw new RangeError(
    `expires: got ${typeof seconds === 'number' ? seconds : JSON.stringify(seconds)}, allowed: a date, or whole seconds since 1970`,
  );
}
