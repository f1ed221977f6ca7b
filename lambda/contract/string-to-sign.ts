import { normalise } from './normalise';
import { normalisePath } from './path';
import type { Query } from './query';

/** The signature: base64url, without padding. Like {@link EXPIRES}, it is not part of the cache key. */
export const SIGNATURE = 'sig';

/** When a signature expires, in whole seconds since 1970. */
export const EXPIRES = 'expires';

/**
 * The text that a signature is made of: path and query in their normal forms, so that the signature stays valid for
 * other spellings, after a deploy and when the types change. An expiry comes first, on a line of its own. Because a path
 * begins with `/`, a text with an expiry never equals one without.
 *
 * @param expires as it is in the URL
 * @returns undefined for a path that is not UTF-8
 */
export function stringToSign(path: string, query: Query, expires: string | undefined): string | undefined {
  const normal = normalisePath(path);
  return normal === undefined ? undefined : normalStringToSign(normal, query, expires);
}

/** The same of a path in its normal form. */
export function normalStringToSign(path: string, query: Query, expires: string | undefined): string {
  return `${expires === undefined ? '' : `${expires}\n`}${path}?${normalise(query)}`;
}
