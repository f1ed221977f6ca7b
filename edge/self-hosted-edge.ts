import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors/user-error';
import { readAssembly, servedBehaviors } from './assembly/assembly';
import { openCache } from './cache/stores/open-cache';
import { createDistribution } from './distribution';
import { createConcurrencyLimiter } from './functions/origin-response/concurrency-limiter';
import { functionEnvironment } from './functions/origin-response/function-environment';
import { createLambdaRuntimes } from './functions/origin-response/lambda-runtimes';
import { currentPlatform, prepareNativeBundle } from './functions/origin-response/native-bundle';
import { createProcessRuntime } from './functions/origin-response/process-runtime';
import { createRemoteRuntime } from './functions/origin-response/remote-runtime';
import {
  openSigningKeys,
  requiresSigningKeys,
  type SigningKeysSource,
} from './functions/viewer-request/signing-keys-file';
import { startWatchdog } from './functions/viewer-request/watchdog';
import { type ServerTimeouts, startServer } from './http/server';
import type { Log } from './operations/log';
import { createMetrics } from './operations/metrics';
import { createOperationsPages } from './operations/operations-pages';
import { resolveBuckets } from './origin/resolve-buckets';

export interface SelfHostedEdgeOptions {
  /** The folder of a synthesised cloud assembly. */
  readonly assembly: string;
  /** The existing bucket with the originals; undefined if the assembly names every bucket. */
  readonly bucket: string | undefined;
  /**
   * The buckets of path patterns, by pattern.
   *
   * @default - the ones in the assembly
   */
  readonly bucketsByPattern?: ReadonlyMap<string, string>;
  /**
   * The region of the buckets named here.
   *
   * @default - AWS_REGION, else the assembly's
   */
  readonly region?: string;
  /**
   * The URL of an S3-compatible store.
   *
   * @default - S3 itself
   */
  readonly endpoint?: string;
  /**
   * `memory:256mb` or the URL of a Redis, as `--cache` takes it.
   *
   * @default memory:256mb
   */
  readonly cache?: string;
  /**
   * The ARN of a deployed function that renders.
   *
   * @default - renders in processes on this machine
   */
  readonly function?: string;
  /**
   * The largest crop that is answered, in megabytes.
   *
   * @default - Lambda@Edge's 1,048,576 bytes
   */
  readonly bodyLimit?: number;
  /**
   * The number of renders at once, of all functions together.
   *
   * @default - the number of processors
   */
  readonly renders?: number;
  /**
   * The number of renders that may wait, for ten seconds at most. Further requests are answered 503.
   *
   * @default - 16 per render
   */
  readonly queue?: number;
  /**
   * The signing keys; required if the assembly requires signed URLs.
   *
   * @default - none
   */
  readonly signingKeys?: SigningKeysSource;
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** Receives problems: the reason of every 502 and 503, a lost Redis, overload. */
  readonly warn: Log;
  readonly info: Log;
  /** Receives each line that a function prints. */
  readonly functionLog: Log;
  /**
   * @default - request 30 s, headers 10 s, keep-alive 75 s, idle 120 s, send 60 s
   */
  readonly timeouts?: ServerTimeouts;
  /**
   * How long a render lease outlives a crashed edge, in milliseconds.
   *
   * @default 5000
   */
  readonly leaseTime?: number;
}

/** A distribution served in production. */
export interface SelfHostedEdge {
  /** Ends in a slash. */
  readonly url: string;
  /** Reads the signing keys again now. A changed file is also noticed by itself. */
  reloadKeys(): void;
  /** Finishes the requests in flight, for 45 seconds at most. */
  close(): Promise<void>;
}

const PROJECT = join(__dirname, '..');
/** Short enough that a full queue is worked off before viewers give up. */
const QUEUE_PER_RENDER = 16;
const MAX_WAIT = 10_000;
/** A function has 30 seconds, after a wait of up to 10. */
const DRAIN_TIME = 45_000;
/** The keep-alive exceeds a load balancer's usual 60 seconds: the load balancer must be the one to close. */
const TIMEOUTS: ServerTimeouts = {
  request: 30_000,
  headers: 10_000,
  keepAlive: 75_000,
  idle: 120_000,
  send: 60_000,
};

/**
 * Serves the distribution of a synthesised assembly over existing buckets. Needs neither the CDK nor the local S3.
 *
 * @throws UserError if the assembly, the cache, the function or the port cannot be used
 */
export async function startSelfHostedEdge(options: SelfHostedEdgeOptions): Promise<SelfHostedEdge> {
  const { endpoint, warn, info, renders = availableParallelism() } = options;
  if (options.function && options.bodyLimit !== undefined) {
    throw new UserError(
      '--body-limit is for renders on this machine, and --function renders elsewhere; leave one out',
    );
  }
  const bodyLimit = options.bodyLimit && options.bodyLimit * 1_000_000;
  const assembly = readAssembly(options.assembly);
  const behaviors = servedBehaviors(assembly);
  const buckets = resolveBuckets(behaviors, options);
  const closers: (() => Promise<void>)[] = [async () => buckets.close()];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const keys = requiresSigningKeys(behaviors)
      ? openSigningKeys(options.signingKeys, { warn, info })
      : undefined;
    if (keys) closers.push(async () => keys.close());
    else if (options.signingKeys) warn('signing is off in this assembly; ignoring the signing keys');

    const limiter = createConcurrencyLimiter({
      concurrency: renders,
      queue: options.queue ?? QUEUE_PER_RENDER * renders,
      maxWait: MAX_WAIT,
      log: warn,
    });
    const lambdas = await createLambdaRuntimes(
      behaviors,
      async (lambda) => ({
        ...lambda,
        assetFolder: await prepareNativeBundle(lambda.assetFolder, currentPlatform(), PROJECT),
      }),
      (lambda) =>
        options.function
          ? createRemoteRuntime({
              arn: options.function,
              timeoutSeconds: lambda.timeoutSeconds,
              concurrency: renders,
              log: warn,
            })
          : createProcessRuntime({
              lambda,
              environment: functionEnvironment(process.env, endpoint),
              log: options.functionLog,
              concurrency: renders,
              bodyLimit,
            }),
    );
    closers.push(() => lambdas.close());
    if (options.function && lambdas.count > 1) {
      throw new UserError(
        `--function renders with one function, and this assembly has ${lambdas.count}, each with its own types; ` +
          'leave the option out',
      );
    }

    const cache = await openCache(options.cache ?? 'memory:256mb', {
      namespace: createHash('sha256').update(buckets.identity).digest('hex').slice(0, 12),
      warn,
      info,
      ...(options.leaseTime && { leaseTime: options.leaseTime }),
    });
    closers.push(() => cache.close());

    const watchdog = startWatchdog();
    closers.push(() => watchdog.close());
    const metrics = createMetrics({ load: limiter.load, redisState: cache.redisState });
    const server = await startServer({
      handleRequest: createDistribution({
        assembly,
        cache,
        metrics,
        bucketFor: buckets.bucketFor,
        lambdaFor: (behavior) => {
          const runtime = lambdas.runtimeFor(behavior);
          return runtime && limiter.wrap(runtime);
        },
        ...(keys && { keyValueStore: keys.store }),
        bodyLimit,
        watchdog,
        now: Date.now,
        log: warn,
      }),
      host: options.host,
      port: options.port,
      onError: warn,
      pages: createOperationsPages(metrics, cache.redisState),
      timeouts: options.timeouts ?? TIMEOUTS,
    });
    closers.push(() => server.close(DRAIN_TIME));
    return { url: server.url, reloadKeys: () => keys?.reload(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
