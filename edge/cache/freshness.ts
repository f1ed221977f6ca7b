import type { CachePolicy } from '../assembly/behavior';
import type { Headers } from '../http/headers';

/** A cache policy's TTLs. */
type TtlPolicy = Omit<CachePolicy, 'queryStrings'>;

/**
 * The error caching minimum TTL of a distribution that sets none, in seconds.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
export const ERROR_TTL = 10;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html */
const ERRORS_CACHED_ALWAYS: readonly number[] = [404, 414, 500, 501, 502, 503, 504];
const ERRORS_CACHED_WITH_MAX_AGE: readonly number[] = [400, 403, 405, 412, 415];
const ERRORS_THAT_HEED_NO_STORE: readonly number[] = [404, 414, 501];
const CACHED_STATUSES: readonly number[] = [200, 203, 300, 301, 302, 307, 308];

/**
 * Returns how long CloudFront caches a response, in seconds. 0 stores it but revalidates it every time.
 *
 * @param now milliseconds since 1970, to interpret `Expires`
 * @returns undefined if the response is not stored
 */
export function timeToLive(
  response: { readonly status: number; readonly headers: Headers },
  policy: TtlPolicy,
  now: number,
): number | undefined {
  const directives = cacheControl(response.headers['cache-control']);
  const stated = statedSeconds(directives, response.headers.expires, now);
  if (response.status >= 400) return errorTimeToLive(response.status, directives, stated, policy);
  if (!CACHED_STATUSES.includes(response.status)) return undefined;

  // A minimum TTL above 0 overrides `no-store`, `no-cache` and `private`.
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
  if (policy.minTtl === 0) {
    if (directives.has('no-store') || directives.has('private')) return undefined;
    if (directives.has('no-cache')) return 0;
  } else if (forbidsCaching(directives)) {
    return policy.minTtl;
  }
  if (stated === undefined) return Math.max(policy.minTtl, policy.defaultTtl);
  return Math.min(Math.max(stated, policy.minTtl), policy.maxTtl);
}

/**
 * Whether an expired response may be served while the origin fails: unless it is an error itself or says
 * `stale-if-error=0`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#stale-content
 */
export function allowsStale({
  status,
  headers,
}: {
  readonly status: number;
  readonly headers: Headers;
}): boolean {
  return status < 400 && cacheControl(headers['cache-control']).get('stale-if-error') !== '0';
}

function errorTimeToLive(
  status: number,
  directives: ReadonlyMap<string, string>,
  stated: number | undefined,
  policy: TtlPolicy,
): number | undefined {
  const seconds = Math.max(ERROR_TTL, Math.min(stated ?? 0, policy.maxTtl));
  if (ERRORS_CACHED_ALWAYS.includes(status)) {
    return ERRORS_THAT_HEED_NO_STORE.includes(status) && forbidsCaching(directives) ? undefined : seconds;
  }
  const hasMaxAge = directives.has('max-age') || directives.has('s-maxage');
  return ERRORS_CACHED_WITH_MAX_AGE.includes(status) && hasMaxAge ? seconds : undefined;
}

function forbidsCaching(directives: ReadonlyMap<string, string>): boolean {
  return ['no-store', 'no-cache', 'private'].some((name) => directives.has(name));
}

function statedSeconds(
  directives: ReadonlyMap<string, string>,
  expires: string | undefined,
  now: number,
): number | undefined {
  const age = directives.get('s-maxage') ?? directives.get('max-age');
  if (age !== undefined && /^\d+$/.test(age)) return Number(age);
  if (expires === undefined) return undefined;
  const date = Date.parse(expires);
  // `Expires: 0` and other invalid dates mean already expired.
  return Number.isNaN(date) ? 0 : Math.max(0, Math.floor((date - now) / 1000));
}

function cacheControl(header: string | undefined): ReadonlyMap<string, string> {
  const pairs = (header ?? '').split(',').map((directive): [string, string] => {
    const [name = '', value = ''] = directive.split('=', 2);
    return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, '')];
  });
  return new Map(pairs.filter(([name]) => name));
}
