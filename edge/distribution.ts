import { createResponseHeadersPolicy } from './assembly/apply-response-headers-policy';
import { readAssemblySettings } from './assembly/assembly-settings';
import type { Behavior, EdgeAssembly } from './assembly/behavior';
import { createBehaviorRouter } from './assembly/behavior-routing';
import { type CacheAnswer, createCachedOrigin } from './cache/cached-origin';
import type { ResponseCache } from './cache/response-cache';
import { createFetchThroughFunction } from './functions/origin-response/fetch-through-function';
import type { LambdaRuntime } from './functions/origin-response/lambda-runtime';
import type { KeyValueStore } from './functions/viewer-request/engine-modules';
import { createViewerRequestFunction } from './functions/viewer-request/viewer-request-function';
import type { Watchdog } from './functions/viewer-request/watchdog';
import { discardBody } from './http/body';
import { createErrorResponse, type EdgeErrorType } from './http/error-response';
import type { EdgeResponse, RequestHandler, ViewerRequest } from './http/http-types';
import { withServerTiming } from './http/server-timing';
import { createViewerResponse } from './http/viewer-response';
import type { Log } from './operations/log';
import type { Metrics } from './operations/metrics';
import type { ResolvedBucket } from './origin/resolve-buckets';
import { createS3Origin } from './origin/s3-origin';

export interface DistributionOptions {
  readonly assembly: EdgeAssembly;
  /** Returns the bucket to read instead of the one in the assembly. */
  readonly bucketFor: (behavior: Behavior) => ResolvedBucket;
  readonly cache: ResponseCache;
  /** Returns the origin-response function; undefined if the behaviour has none. */
  readonly lambdaFor: (behavior: Behavior) => LambdaRuntime | undefined;
  /**
   * The largest response that a function may make, in bytes.
   *
   * @default - Lambda@Edge's
   */
  readonly bodyLimit?: number | undefined;
  /**
   * The KeyValueStore of the viewer-request functions.
   *
   * @default - an empty one
   */
  readonly keyValueStore?: KeyValueStore;
  /** Guards the viewer-request functions. */
  readonly watchdog: Watchdog;
  /** Returns milliseconds since 1970. */
  readonly now: () => number;
  /** Receives the reason of every 502 and 503, and of every behaviour that is not served. */
  readonly log: Log;
  /**
   * @default - nothing is counted
   */
  readonly metrics?: Metrics;
}

/** Creates the distribution of an assembly: a request goes to its behaviour, and there from step to step. */
export function createDistribution(options: DistributionOptions): RequestHandler {
  const { assembly, log, metrics } = options;
  for (const behavior of assembly.behaviors) {
    if ('unsupported' in behavior) log(`answering 501: ${behavior.unsupported}`);
  }
  const handleRequest = createBehaviorRouter(assembly, (behavior) =>
    createBehaviorHandler(behavior, options),
  );
  return metrics ? metrics.observeRequests(handleRequest) : handleRequest;
}

function drawsMissing({ originResponse }: Behavior): boolean {
  return (
    originResponse !== undefined && readAssemblySettings(originResponse.assetFolder)?.missing !== undefined
  );
}

/** Creates the steps of one behaviour: viewer-request, cache, origin, origin-response, cache, viewer. */
function createBehaviorHandler(behavior: Behavior, options: DistributionOptions): RequestHandler {
  const {
    assembly,
    bucketFor,
    cache,
    lambdaFor,
    bodyLimit,
    keyValueStore: store,
    watchdog,
    now,
    log,
    metrics,
  } = options;
  const { responseHeadersPolicy: policy } = behavior;
  const { originPath } = behavior.origin;
  const { client, bucket, region } = bucketFor(behavior);

  const applyPolicy = createResponseHeadersPolicy(policy);
  const runViewerRequest =
    behavior.viewerRequest &&
    createViewerRequestFunction(behavior.viewerRequest, { log, watchdog, ...(store && { store }) });
  const fetchOrigin = createFetchThroughFunction({
    origin: createS3Origin({ client, bucket, originPath }),
    eventOrigin: { bucketName: bucket, originPath, region },
    lambda: lambdaFor(behavior),
    drawsMissing: drawsMissing(behavior),
    bodyLimit,
    log,
  });
  const fetchCached = createCachedOrigin({
    cache,
    cachePolicy: behavior.cachePolicy,
    keyPrefix: behavior.pathPattern === '*' ? '' : `${behavior.pathPattern} `,
    fetchOrigin: metrics ? metrics.observeOriginFetches(fetchOrigin) : fetchOrigin,
    now,
    ...(metrics && { onCollapsed: metrics.countCollapsed }),
  });

  const answer = async (received: ViewerRequest) => {
    const outcome = refuse(received, behavior.allowedMethods) ??
      (await runViewerRequest?.(received)) ?? { request: received };
    if ('response' in outcome) return { ...generated(outcome), request: received };
    const { request } = outcome;
    const uri = request.uri === '/' ? `/${assembly.defaultRootObject}` : request.uri;
    return { ...(await fetchCached({ ...request, uri })), request };
  };

  return async (received) => {
    // `request` is the function's: a conditional header that it removed must not cause a 304.
    const { request, response, result, age, freshFor = 0 } = await answer(received);
    const viewer = createViewerResponse(request, response);
    if (viewer.body !== response.body) discardBody(response.body);
    const headers = applyPolicy(request, viewer.headers);
    const isError = response.status >= 400 && (result === 'Miss' || result === 'Hit');
    return {
      ...viewer,
      headers: {
        ...(policy.serverTiming ? withServerTiming(headers, result) : headers),
        ...(age !== undefined && { age: String(age) }),
        ...(PROXY_HEADER in received.headers && { 'x-accel-expires': String(freshFor) }),
        via: '1.1 edgecrop',
        'x-cache': `${isError ? 'Error' : result} from edgecrop`,
      },
    };
  };
}

/**
 * Sent by nginx in front of the edge, which keeps a response for as long as the edge would.
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_valid
 */
const PROXY_HEADER = 'edgecrop-proxy';

/** A response that was made without cache or origin. */
interface GeneratedResponse {
  readonly response: EdgeResponse;
  readonly error: EdgeErrorType | undefined;
}

interface Answer extends Omit<CacheAnswer, 'result'> {
  readonly result: CacheAnswer['result'] | 'FunctionGeneratedResponse';
}

function generated({ response, error }: GeneratedResponse): Answer {
  return { response, result: error ?? 'FunctionGeneratedResponse' };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const MAX_URL_LENGTH = 8192;

/** Refuses what CloudFront refuses before any function runs. */
function refuse(request: ViewerRequest, allowedMethods: readonly string[]): GeneratedResponse | undefined {
  const error = (status: number, message: string): GeneratedResponse => ({
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
