import type { CachePolicy } from '../assembly/behavior';
import { discardBody } from '../http/body';
import type { EdgeErrorType } from '../http/error-response';
import { type Headers, pickHeaders, withoutHeaders } from '../http/headers';
import type { EdgeResponse, ViewerRequest } from '../http/http-types';
import { ifRangeHolds } from '../http/viewer-response';
import type { OriginFetch, OriginFetchRequest } from '../origin/origin-fetch';
import { cacheKey, forwardedQuerystring } from './cache-key';
import { createCollapse } from './collapse';
import { allowsStale, ERROR_TTL, timeToLive } from './freshness';
import { createLeaseCoordinator } from './lease-coordinator';
import type { ResponseCache, StoredResponse } from './response-cache';
import { conditionalHeaders, mergeNotModified } from './revalidation';

export interface CachedOriginOptions {
  readonly cache: ResponseCache;
  readonly cachePolicy: CachePolicy;
  /**
   * Prefix of every cache key. It keeps behaviours apart: the viewer's path selects the behaviour, but the key
   * holds the path after the viewer-request function, which may be the same in two behaviours.
   */
  readonly keyPrefix: string;
  readonly fetchOrigin: OriginFetch;
  /** Returns milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Called for every request that is answered with the response to another one, in this process or at another edge.
   *
   * @default - nothing
   */
  readonly onCollapsed?: (where: 'process' | 'cache') => void;
}

/** A response, and how the cache was involved. */
export interface CacheAnswer {
  readonly response: EdgeResponse;
  readonly result: 'Hit' | 'Miss' | 'RefreshHit' | EdgeErrorType;
  /** Whether the response is in the cache. */
  readonly stored?: boolean;
  /** Seconds since it was stored; undefined for a miss. */
  readonly age?: number;
  /** Seconds for which it may be served again; undefined if it is not stored. */
  readonly freshFor?: number;
}

/** S3 origins receive no other headers: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html */
const FORWARDED: readonly string[] = ['range', 'if-none-match', 'if-modified-since'];

/** Answers from the cache; fetches what is missing and revalidates what has expired. */
export function createCachedOrigin(options: CachedOriginOptions) {
  const { cache, cachePolicy, keyPrefix, fetchOrigin, now, onCollapsed } = options;
  const collapse = createCollapse<CacheAnswer>(() => onCollapsed?.('process'));
  const coordinate = createLeaseCoordinator<CacheAnswer>({
    leases: cache.leases,
    onShared: () => onCollapsed?.('cache'),
  });

  const asHit = (stored: StoredResponse | undefined): CacheAnswer | undefined => {
    if (!stored || now() >= stored.expiresAt) return undefined;
    // Never negative, even if the clock of the edge that stored it is ahead.
    const age = Math.max(0, Math.floor((now() - stored.storedAt) / 1000));
    const freshFor = Math.floor((stored.expiresAt - now()) / 1000);
    return { response: stored, result: 'Hit', stored: true, age, freshFor };
  };

  const store = async (key: string, { body, ...head }: EdgeResponse, ttl: number): Promise<boolean> => {
    // A stream has one reader, the viewer.
    if (!Buffer.isBuffer(body)) return false;
    const storedAt = now();
    return cache.set(key, { ...head, body, storedAt, expiresAt: storedAt + ttl * 1000 });
  };

  /**
   * Keeps an expired response in use while the origin fails, as CloudFront does.
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html#HTTPStatusCodes-cached-errors
   */
  const serveStale = async (key: string, expired: StoredResponse): Promise<CacheAnswer> => {
    const kept = { ...expired, expiresAt: now() + ERROR_TTL * 1000 };
    const age = Math.max(0, Math.floor((now() - expired.storedAt) / 1000));
    return { response: expired, result: 'Hit', stored: await cache.set(key, kept), age, freshFor: ERROR_TTL };
  };

  /** @param expired the stored response, which the request revalidates if it has validators */
  const fetchAndStore = async (
    key: string,
    expired: StoredResponse | undefined,
    request: OriginFetchRequest,
  ): Promise<CacheAnswer> => {
    const { error, ...received } = await fetchOrigin(request);
    const hasFailed = error !== undefined || received.status >= 500;
    if (hasFailed && expired && allowsStale(expired)) {
      discardBody(received.body);
      return serveStale(key, expired);
    }
    // AWS does not document whether CloudFront caches the errors of a failing function; we do not.
    if (error) return { response: received, result: error };
    if (expired && received.status === 304) {
      const response = mergeNotModified(expired, received.headers);
      // The cache has no delete, so what may not be kept is stored already expired.
      const ttl = timeToLive(response, cachePolicy, now()) ?? 0;
      return {
        response,
        result: 'RefreshHit',
        stored: await store(key, response, ttl),
        age: 0,
        freshFor: ttl,
      };
    }
    const ttl = request.method === 'GET' ? timeToLive(received, cachePolicy, now()) : undefined;
    const stored = ttl !== undefined && (await store(key, received, ttl));
    return { response: received, result: 'Miss', stored, ...(stored && { freshFor: ttl }) };
  };

  return async (viewerRequest: ViewerRequest): Promise<CacheAnswer> => {
    const { method, uri, querystring, headers, clientIp, hangUp } = viewerRequest;
    const forwardedQuery = forwardedQuerystring(querystring, cachePolicy.queryStrings);
    const key = `${keyPrefix}${cacheKey(uri, forwardedQuery)}`;
    const request = () => {
      const signal = hangUp?.();
      return { uri, querystring: forwardedQuery, clientIp, ...(signal && { signal }) };
    };
    if (method !== 'GET' && method !== 'HEAD') {
      return fetchAndStore(key, undefined, {
        ...request(),
        method,
        headersForOrigin: headersForOrigin(headers),
      });
    }

    const stored = await cache.get(key);
    const hit = asHit(stored);
    if (hit) return hit;
    const conditions = stored && conditionalHeaders(stored.headers);
    const fetched: OriginFetchRequest = {
      ...request(),
      // Revalidation needs the whole response, whatever this viewer asked for.
      method: conditions ? 'GET' : method,
      headersForOrigin: conditions ?? (stored ? {} : headersForOrigin(headers)),
    };
    const name = JSON.stringify([fetched.method, key, fetched.headersForOrigin]);
    // Partial responses and 304s to the viewer's own conditions are not stored, so other edges cannot share them.
    const isShareable =
      fetched.method === 'GET' && (conditions || Object.keys(fetched.headersForOrigin).length === 0);
    const lookup = async () => asHit(await cache.get(key));
    const run = (abandoned: AbortSignal) => {
      const compute = () => fetchAndStore(key, stored, { ...fetched, signal: abandoned });
      return isShareable ? coordinate({ name, lookup, compute, signal: abandoned }) : compute();
    };
    const { value: answer, isJoined } = await collapse({ key: name, signal: fetched.signal, run });
    if (Buffer.isBuffer(answer.response.body)) return answer;
    // The stream belongs to the viewer who started the request.
    const own = isJoined ? await fetchAndStore(key, stored, fetched) : answer;
    return resumeLarge(own, headers, (headersForOrigin) =>
      fetchAndStore(key, stored, { ...fetched, headersForOrigin }),
    );
  };
}

/**
 * S3 does not know `If-Range`, so it was asked for the whole object. A viewer who resumes a large one gets the rest of
 * it by a second request.
 */
async function resumeLarge(
  whole: CacheAnswer,
  { range, 'if-range': condition }: Headers,
  fetch: (headersForOrigin: Headers) => Promise<CacheAnswer>,
): Promise<CacheAnswer> {
  const { status, headers, body } = whole.response;
  if (status !== 200 || range === undefined || !ifRangeHolds(condition, headers)) return whole;
  if (condition === undefined) return whole;
  discardBody(body);
  const part = await fetch({ range });
  if (part.response.headers.etag === headers.etag) return part;
  // The object was replaced between the two requests.
  discardBody(part.response.body);
  return fetch({});
}

/** S3 does not know `If-Range`, so the whole object is fetched and the range is cut here. */
function headersForOrigin(headers: Headers): Headers {
  const forwarded = pickHeaders(headers, FORWARDED);
  return 'if-range' in headers ? withoutHeaders(forwarded, ['range']) : forwarded;
}
