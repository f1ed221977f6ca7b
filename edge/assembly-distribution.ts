import type { S3Client } from '@aws-sdk/client-s3';
import type { EdgeAssembly } from './assembly';
import type { ResponseCache } from './cache/response-cache';
import { createDistribution, type Distribution } from './distribution';
import type { KeyValueStore } from './function-modules';
import { createFunctionRuntime } from './function-runtime';
import type { LambdaRuntime } from './lambda-runtime';
import type { Log } from './message';
import type { Metrics } from './metrics';
import { createS3Origin } from './origin';
import { createOriginExchange } from './origin-response';

export interface AssemblyDistributionOptions {
  readonly assembly: EdgeAssembly;
  readonly client: S3Client;
  /** In place of the one that the assembly would create. */
  readonly bucket: string;
  readonly region: string;
  readonly cache: ResponseCache;
  /** The origin-response function, where there is one. */
  readonly lambda: LambdaRuntime | undefined;
  /**
   * What the viewer-request function reads as its KeyValueStore.
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

/** The distribution of an assembly, in front of a bucket that is really there. */
export function createAssemblyDistribution(options: AssemblyDistributionOptions): Distribution {
  const { assembly, client, bucket, region, cache, lambda, now, log, metrics } = options;
  const { originPath } = assembly.origin;
  const exchange = createOriginExchange({
    origin: createS3Origin({ client, bucket, originPath }),
    eventOrigin: { bucketName: bucket, originPath, region },
    lambda,
    log,
  });
  const distribution = createDistribution({
    assembly,
    cache,
    exchange: metrics ? metrics.observeExchange(exchange) : exchange,
    ...(assembly.viewerRequest && {
      viewerRequest: createFunctionRuntime(assembly.viewerRequest, log, options.keyValueStore),
    }),
    now,
    ...(metrics && { onCollapsed: metrics.countCollapsed }),
  });
  return metrics ? metrics.observeDistribution(distribution) : distribution;
}
