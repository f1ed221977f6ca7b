import type { S3Client } from '@aws-sdk/client-s3';
import type { ResponseCache } from '../cache/response-cache';
import { createDistribution, type Distribution } from '../distribution';
import { createOriginExchange } from '../functions/origin-response/fetch-through-function';
import type { LambdaRuntime } from '../functions/origin-response/process-runtime';
import type { KeyValueStore } from '../functions/viewer-request/engine-modules';
import { createFunctionRuntime } from '../functions/viewer-request/viewer-request-function';
import type { Log } from '../http/http-types';
import type { Metrics } from '../operations/metrics';
import { createS3Origin } from '../origin/s3-origin';
import type { Behavior, EdgeAssembly } from './assembly';
import { createBehaviors } from './behavior-routing';

/** A bucket that is really there. */
export interface BucketPlace {
  readonly client: S3Client;
  readonly bucket: string;
  readonly region: string;
}

export interface AssemblyDistributionOptions {
  readonly assembly: EdgeAssembly;
  /** In place of the bucket that the assembly names or would create. */
  readonly placeOf: (behavior: Behavior) => BucketPlace;
  readonly cache: ResponseCache;
  /** The origin-response function of a behaviour, where there is one. */
  readonly lambdaOf: (behavior: Behavior) => LambdaRuntime | undefined;
  /**
   * What the viewer-request functions read as their KeyValueStore.
   *
   * @default - nothing
   */
  readonly keyValueStore?: KeyValueStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /**
   * Counts what happens.
   *
   * @default - nobody
   */
  readonly metrics?: Metrics;
}

/** The distribution of an assembly, in front of buckets that are really there. */
export function createAssemblyDistribution(options: AssemblyDistributionOptions): Distribution {
  const { assembly, placeOf, cache, lambdaOf, now, log, metrics } = options;
  for (const behavior of assembly.behaviors) {
    if ('unserved' in behavior) log(`501 for the paths of a behaviour: ${behavior.unserved}`);
  }
  const distribution = createBehaviors(assembly, (behavior) => {
    const { client, bucket, region } = placeOf(behavior);
    const { originPath } = behavior.origin;
    const exchange = createOriginExchange({
      origin: createS3Origin({ client, bucket, originPath }),
      eventOrigin: { bucketName: bucket, originPath, region },
      lambda: lambdaOf(behavior),
      log,
    });
    return createDistribution({
      behavior,
      defaultRootObject: assembly.defaultRootObject,
      keyPrefix: behavior.pathPattern === '*' ? '' : `${behavior.pathPattern} `,
      cache,
      exchange: metrics ? metrics.observeExchange(exchange) : exchange,
      ...(behavior.viewerRequest && {
        viewerRequest: createFunctionRuntime(behavior.viewerRequest, log, options.keyValueStore),
      }),
      now,
      ...(metrics && { onCollapsed: metrics.countCollapsed }),
    });
  });
  return metrics ? metrics.observeDistribution(distribution) : distribution;
}
