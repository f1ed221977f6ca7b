import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors/user-error';
import { readAssembly, servedBehaviors } from './assembly/assembly';
import { createAssemblyDistribution } from './assembly/assembly-distribution';
import { openCache } from './cache/open-cache';
import { createBound } from './functions/origin-response/concurrency-limiter';
import { functionEnvironment } from './functions/origin-response/function-environment';
import { createLambdaRuntimes } from './functions/origin-response/lambda-runtimes';
import { prepareHostBundle, thisHost } from './functions/origin-response/native-bundle';
import { createLambdaRuntime } from './functions/origin-response/process-runtime';
import { createRemoteLambdaRuntime } from './functions/origin-response/remote-runtime';
import {
  openSigningKeys,
  type SigningKeysSource,
  wantsSigningKeys,
} from './functions/viewer-request/signing-keys-file';
import type { Log } from './http/http-types';
import { type Page, type ServerTimeouts, startServer } from './http/server';
import { createMetrics, type Metrics } from './operations/metrics';
import { findBuckets } from './origin/resolve-buckets';

export interface ProductionOptions {
  /** The folder of a synthesised cloud assembly. */
  readonly assembly: string;
  /** The bucket with the originals, which is really there; undefined where each has a name already. */
  readonly bucket: string | undefined;
  /**
   * Other buckets, by path pattern.
   *
   * @default - those that the assembly names
   */
  readonly bucketOf?: ReadonlyMap<string, string>;
  /**
   * Where the buckets are that are named here.
   *
   * @default - AWS_REGION, else the assembly's
   */
  readonly region?: string;
  /**
   * An S3-compatible store, as a URL.
   *
   * @default - S3 itself
   */
  readonly endpoint?: string;
  /**
   * `memory:256mb` or `redis://…`.
   *
   * @default memory:256mb
   */
  readonly cache?: string;
  /**
   * The ARN of the deployed function that renders.
   *
   * @default - processes on this machine
   */
  readonly function?: string;
  /**
   * How many renders run at once.
   *
   * @default - as many as there are processors
   */
  readonly renders?: number;
  /**
   * How many more may wait; above, the answer is 503.
   *
   * @default - 16 for each render
   */
  readonly queue?: number;
  /**
   * The keys that URLs are signed with, where the assembly wants signatures.
   *
   * @default - none
   */
  readonly signingKeys?: SigningKeysSource;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Gets what goes wrong: the reason of every 502 and 503, Redis lost, overload. */
  readonly warn: Log;
  readonly info: Log;
  /** Gets what the function prints. */
  readonly functionLog: Log;
  /**
   * @default - see TIMEOUTS
   */
  readonly timeouts?: ServerTimeouts;
  /**
   * How long after the death of the edge that renders another one takes over, in milliseconds.
   *
   * @default 5000
   */
  readonly leaseTime?: number;
}

/** A distribution that serves in earnest. */
export interface ProductionEdge {
  /** Ends in a slash. */
  readonly url: string;
  /** Reads the signing keys again at once, as it does by itself when their file has changed. */
  reloadKeys(): void;
  /** Finishes what has begun. */
  close(): Promise<void>;
}

const PROJECT = join(__dirname, '..');
/** A queue that fills in one go is emptied before its viewers lose patience. */
const QUEUE_PER_RENDER = 16;
const MAX_WAIT = 10_000;
/** A function has 30 seconds and may have waited ten. */
const DRAIN_TIME = 45_000;
/** Connections are kept for longer than a load balancer does, so that it is never the edge that hangs up on it. */
const TIMEOUTS: ServerTimeouts = { request: 30_000, headers: 10_000, keepAlive: 75_000, idle: 120_000 };

/**
 * Serves the distribution of a synthesised assembly over a bucket, for viewers in earnest: no CDK, no embedded S3.
 *
 * @throws UserError where the assembly, the cache, the function or the port is not as it must be
 */
export async function startProductionEdge(options: ProductionOptions): Promise<ProductionEdge> {
  const { endpoint, warn, info, renders = availableParallelism() } = options;
  const assembly = readAssembly(options.assembly);
  const behaviors = servedBehaviors(assembly);
  const places = findBuckets(behaviors, options);
  const closers: (() => Promise<void>)[] = [async () => places.close()];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const keys = wantsSigningKeys(behaviors)
      ? openSigningKeys(options.signingKeys, { warn, info })
      : undefined;
    if (keys) closers.push(async () => keys.close());
    else if (options.signingKeys) warn('the assembly wants no signatures; the signing keys are not used');
    const bound = createBound({
      concurrency: renders,
      queue: options.queue ?? QUEUE_PER_RENDER * renders,
      maxWait: MAX_WAIT,
      log: warn,
    });
    const lambdas = await createLambdaRuntimes(
      behaviors,
      async (lambda) => ({
        ...lambda,
        assetFolder: await prepareHostBundle(lambda.assetFolder, thisHost(), PROJECT),
      }),
      (lambda) =>
        options.function
          ? createRemoteLambdaRuntime({
              arn: options.function,
              timeoutSeconds: lambda.timeoutSeconds,
              concurrency: renders,
              log: warn,
            })
          : createLambdaRuntime({
              lambda,
              environment: functionEnvironment(process.env, endpoint),
              log: options.functionLog,
              concurrency: renders,
            }),
    );
    closers.push(() => lambdas.close());
    if (options.function && lambdas.count > 1) {
      throw new UserError(
        `--function renders with one function, and this assembly has ${lambdas.count}, each with types of its own; ` +
          'leave it out',
      );
    }

    const cache = await openCache(options.cache ?? 'memory:256mb', {
      namespace: createHash('sha256').update(places.identity).digest('hex').slice(0, 12),
      warn,
      info,
      ...(options.leaseTime && { leaseTime: options.leaseTime }),
    });
    closers.push(() => cache.close());

    const metrics = createMetrics({
      load: bound.load,
      isRedisUp: cache.isUp,
    });
    const distribution = createAssemblyDistribution({
      ...{ assembly, cache, metrics },
      lambdaOf: (behavior) => {
        const lambda = lambdas.of(behavior);
        return lambda && bound.around(lambda);
      },
      placeOf: places.of,
      ...(keys && { keyValueStore: keys.read }),
      now: Date.now,
      log: warn,
    });
    const server = await startServer({
      distribution,
      host: options.host,
      port: options.port,
      log: warn,
      pages: createPages(metrics, cache.isUp),
      timeouts: options.timeouts ?? TIMEOUTS,
    });
    closers.push(() => server.close(DRAIN_TIME));
    return { url: server.url, reloadKeys: () => keys?.reload(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function createPages(metrics: Metrics, isRedisUp: (() => boolean) | undefined): ReadonlyMap<string, Page> {
  return new Map<string, Page>([
    [
      '/_edgecrop/health',
      // A lost Redis makes an edge slower, not ill: taking it out of service would make it worse.
      async () => ({
        type: 'application/json',
        body: JSON.stringify({ status: 'ok', ...(isRedisUp && { redis: isRedisUp() ? 'up' : 'down' }) }),
      }),
    ],
    ['/_edgecrop/metrics', async () => ({ type: metrics.contentType, body: await metrics.text() })],
  ]);
}
