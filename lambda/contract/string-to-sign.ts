import { normalise } from './normalise';
import { normalisePath } from './path';
import type { QueryPair } from './query';

/** The signature: base64url, without padding. Like {@link EXPIRES} no parameter of a crop, so no part of the cache key. */
export const SIGNATURE = 'sig';

/** When a signature ends, in whole seconds since 1970. */
export const EXPIRES = 'expires';

/**
 * What a signature is over: path and query in their normal forms, so that neither another spelling nor a
 * deploy nor another type voids it. An expiry stands in a line of its own in front; a path begins with `/`,
 * so no text with one is a text without.
 *
 * @param expires as it stands in the URL
 * @returns undefined where the path is no UTF-8
 */
export function signedText(
  path: string,
  query: readonly QueryPair[],
  expires: string | undefined,
): string | undefined {
  const normal = normalisePath(path);
  if (normal === undefined) return undefined;
  return `${expires === undefined ? '' : `${expires}\n`}${normal}?${normalise(query)}`;
}
