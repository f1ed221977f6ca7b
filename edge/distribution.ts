import type { Behavior } from './assembly/assembly';
import { applyResponseHeadersPolicy } from './assembly/response-headers-policy';
import { cacheKey, forwardedQuerystring } from './cache/cache-key';
import { createCollapse } from './cache/collapse';
import { timeToLive } from './cache/freshness';
import { createTurns } from './cache/lease-coordinator';
import type { ResponseCache, StoredResponse } from './cache/response-cache';
import { refreshed, validators } from './cache/revalidation';
import type { OriginExchange, OriginOutcome } from './functions/origin-response/fetch-through-function';
import type { FunctionRuntime } from './functions/viewer-request/viewer-request-function';
import { createErrorResponse, type EdgeErrorType } from './http/error-response';
import {
  type EdgeResponse,
  type Headers,
  pickHeaders,
  type ViewerRequest,
  withoutHeaders,
} from './http/http-types';
import { withServerTiming } from './http/server-timing';
import { createViewerResponse, type ViewerResponse } from './http/viewer-response';

/** Answers viewers as the distribution of an assembly would, or one of its behaviours. */
export interface Distribution {
  handle(request: ViewerRequest): Promise<ViewerResponse>;
}

export interface DistributionOptions {
  readonly behavior: Behavior;
  readonly defaultRootObject: string;
  /**
   * Stands before every key in the cache. Paths are not enough to tell behaviours apart: one is chosen by the path
   * as it was sent, and the key has the path as the viewer-request function wrote it.
   */
  readonly keyPrefix: string;
  readonly cache: ResponseCache;
  /** Origin and origin-response function. */
  readonly exchange: (exchange: OriginExchange) => Promise<OriginOutcome>;
  /** The viewer-request function, where there is one. */
  readonly viewerRequest?: FunctionRuntime;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Told of every request that is answered with what another one brought: in this process, or at another edge.
   *
   * @default - nobody
   */
  readonly onCollapsed?: (where: 'process' | 'cache') => void;
}

type CacheResult = 'Hit' | 'Miss' | 'RefreshHit' | 'FunctionGeneratedResponse' | EdgeErrorType;

interface Answer {
  readonly response: EdgeResponse;
  readonly result: CacheResult;
  /** Whether the next request finds it in the cache. */
  readonly stored?: boolean;
  /** Seconds in the cache, where it was there. */
  readonly age?: number;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const MAX_URL_LENGTH = 8192;
/** Forwarded to S3 on a miss: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html */
const FORWARDED: readonly string[] = ['range', 'if-none-match', 'if-modified-since'];
/** The way of a request: viewer-request, cache, origin, origin-response, cache, viewer. */
export function createDistribution(options: DistributionOptions): Distribution {
  const { behavior, defaultRootObject, keyPrefix, cache, exchange, viewerRequest, now, onCollapsed } =
    options;
  const { cachePolicy } = behavior;
  const collapse = createCollapse<Answer>(() => onCollapsed?.('process'));
  const takeTurns = createTurns<Answer>({ leases: cache.leases, onShared: () => onCollapsed?.('cache') });

  const hit = (stored: StoredResponse | undefined): Answer | undefined => {
    if (!stored || now() >= stored.expiresAt) return undefined;
    // The clock of the machine that stored it may be ahead of this one's.
    const age = Math.max(0, Math.floor((now() - stored.storedAt) / 1000));
    return { response: stored, result: 'Hit', stored: true, age };
  };

  const store = async (key: string, response: EdgeResponse, ttl: number): Promise<boolean> => {
    const storedAt = now();
    return cache.set(key, { ...response, storedAt, expiresAt: storedAt + ttl * 1000 });
  };

  const fromOrigin = async (
    key: string,
    stored: StoredResponse | undefined,
    request: OriginExchange,
  ): Promise<Answer> => {
    const { error, ...response } = await exchange(request);
    // Whether CloudFront caches what a failing function causes is not documented; a crash here costs one request.
    if (error) return { response, result: error };
    const confirmed = stored && response.status === 304;
    const whole = confirmed ? refreshed(stored, response.headers) : response;
    const ttl = timeToLive(whole, cachePolicy, now());
    if (confirmed) {
      // There is no forgetting in a cache of this kind: what may no longer be kept expires at once.
      const kept = await store(key, whole, ttl ?? 0);
      return { response: whole, result: 'RefreshHit', stored: kept, age: 0 };
    }
    const kept = request.method === 'GET' && ttl !== undefined && (await store(key, whole, ttl));
    return { response: whole, result: 'Miss', stored: kept };
  };

  const answer = async (request: ViewerRequest): Promise<Answer> => {
    const uri = request.uri === '/' ? `/${defaultRootObject}` : request.uri;
    const querystring = forwardedQuerystring(request.querystring, cachePolicy.queryStrings);
    const { method, clientIp } = request;
    const cacheable = method === 'GET' || method === 'HEAD';
    const key = `${keyPrefix}${cacheKey(uri, querystring)}`;

    const stored = cacheable ? await cache.get(key) : undefined;
    const found = hit(stored);
    if (found) return found;
    // What is confirmed must be whole, whatever part of it this viewer wants.
    const revalidated = stored && validators(stored.headers);
    const forwardedHeaders = revalidated ?? (stored ? {} : forwardable(request.headers));
    const exchanged = {
      method: revalidated ? 'GET' : method,
      uri,
      querystring,
      clientIp,
      forwardedHeaders,
    };
    if (!cacheable) return fromOrigin(key, undefined, exchanged);
    const same = JSON.stringify([exchanged.method, key, forwardedHeaders]);
    const make = () => fromOrigin(key, revalidated && stored, exchanged);
    // Parts and answers to a viewer's own condition are not stored, so there is nothing to wait for.
    const sharable =
      exchanged.method === 'GET' && (revalidated || Object.keys(forwardedHeaders).length === 0);
    const look = async () => hit(await cache.get(key));
    return collapse(same, () => (sharable ? takeTurns({ name: same, look, make }) : make()));
  };

  return {
    handle: async (received) => {
      // From here on it is the function's request: a condition that it removed is not answered 304.
      const outcome = refuse(received, behavior.allowedMethods) ??
        (await viewerRequest?.(received)) ?? { request: received };
      const request = 'request' in outcome ? outcome.request : received;
      const { response, result, age } = 'request' in outcome ? await answer(request) : generated(outcome);
      const viewer = createViewerResponse(request, response);
      const policy = behavior.responseHeadersPolicy;
      const applied = applyResponseHeadersPolicy(policy, request, viewer.headers);
      const headers = policy.serverTiming ? withServerTiming(applied, result) : applied;
      const named = response.status >= 400 && (result === 'Miss' || result === 'Hit') ? 'Error' : result;
      return {
        ...viewer,
        headers: {
          ...headers,
          ...(age !== undefined && { age: String(age) }),
          via: '1.1 edgecrop',
          'x-cache': `${named} from edgecrop`,
        },
      };
    },
  };
}

/** An answer that neither the cache nor the origin has seen. */
interface Generated {
  readonly response: EdgeResponse;
  readonly error: EdgeErrorType | undefined;
}

function generated({ response, error }: Generated): Answer {
  return { response, result: error ?? 'FunctionGeneratedResponse' };
}

function refuse(request: ViewerRequest, allowedMethods: readonly string[]): Generated | undefined {
  const error = (status: number, message: string): Generated => ({
    response: createErrorResponse(status, message),
    error: 'Error',
  });
  if (!allowedMethods.includes(request.method)) {
    return error(
      403,
      'This distribution is not configured to allow the HTTP request method that was used for this request.',
    );
  }
  if (request.uri.length + request.querystring.length >= MAX_URL_LENGTH) {
    return error(414, 'The URL is longer than 8,192 characters.');
  }
  return request.uri.startsWith('/') ? undefined : error(400, 'Bad request.');
}

/** S3 knows no `If-Range`: the whole is asked for, and the part cut out of it here. */
function forwardable(headers: Headers): Headers {
  const picked = pickHeaders(headers, FORWARDED);
  return 'if-range' in headers ? withoutHeaders(picked, ['range']) : picked;
}
