import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createKey, type SigningKeys } from '../signing/signing-keys';
import { readAssembly, servedBehaviors } from './assembly/assembly';
import { createPathFinder, type PathOfKey } from './assembly/behavior-routing';
import { requirePatterns } from './assembly/per-pattern-options';
import type { ResponseCache } from './cache/response-cache';
import { createMemoryCache } from './cache/stores/memory-cache';
import { createDistribution } from './distribution';
import { createConcurrencyLimiter } from './functions/origin-response/concurrency-limiter';
import { createLambdaRuntimes } from './functions/origin-response/lambda-runtimes';
import {
  currentPlatform,
  type Platform,
  prepareNativeBundle,
} from './functions/origin-response/native-bundle';
import { createProcessRuntime } from './functions/origin-response/process-runtime';
import { requiresSigningKeys, toKeyValueStore } from './functions/viewer-request/signing-keys-file';
import { startWatchdog } from './functions/viewer-request/watchdog';
import { startServer } from './http/server';
import { foldersByBucket, localBucketName } from './local/bucket-folders';
import type { ObjectMetadata } from './local/folder-store';
import { requireImages } from './local/image-folder';
import { LOCAL_CREDENTIALS, startLocalS3 } from './local/local-s3';
import { openPlayground } from './local/playground';
import { type RequestEntry, reportRequests } from './local/report-requests';
import type { Log } from './operations/log';
import { createS3Client } from './origin/s3-client';

export interface DevEdgeOptions {
  /** The folder of a synthesised cloud assembly. */
  readonly assembly: string;
  /** The folder whose files are the objects of every bucket. */
  readonly images: string;
  /**
   * Folders for the buckets of path patterns, by pattern.
   *
   * @default - `images` for all
   */
  readonly imagesByPattern?: ReadonlyMap<string, string>;
  /**
   * @default - any free port
   */
  readonly port?: number;
  /**
   * @default 127.0.0.1
   */
  readonly host?: string;
  /**
   * Returns milliseconds since 1970, by which cached responses age.
   *
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * Metadata of objects, which files do not have.
   *
   * @default - only a content type
   */
  readonly objectMetadata?: ObjectMetadata;
  /**
   * @default - 256 MB of memory
   */
  readonly cache?: ResponseCache;
  /**
   * The number of renders at once, for each function.
   *
   * @default - the number of processors
   */
  readonly concurrency?: number;
  /**
   * The signing keys, used only if the assembly requires signed URLs.
   *
   * @default - a new key
   */
  readonly signingKeys?: SigningKeys;
  /**
   * Signs URLs for the playground, which is not served without it if the assembly requires signed URLs.
   *
   * @default - none
   */
  readonly signUrl?: (url: string, key: string) => string;
  /**
   * Receives every request that was answered, except those of the playground's own files.
   *
   * @default - nothing
   */
  readonly onRequest?: (entry: RequestEntry) => void;
  /**
   * Receives the reason of every 502 and 503.
   *
   * @default - nothing
   */
  readonly log?: Log;
  /**
   * Receives each line that a function prints.
   *
   * @default - nothing
   */
  readonly functionLog?: Log;
  /**
   * Whether to serve the playground at `/_edgecrop/`.
   *
   * @default false
   */
  readonly playground?: boolean;
  /**
   * The platform to prepare the functions' native code for.
   *
   * @default - this machine's
   */
  readonly functionPlatform?: Platform;
}

/** A distribution served on this machine, over folders. */
export interface DevEdge {
  /** Ends in a slash. */
  readonly url: string;
  /** The endpoint of the local S3. */
  readonly s3Endpoint: string;
  /** The local name of the default behaviour's bucket. */
  readonly bucket: string;
  /** The URL of the playground; undefined if it is not served. */
  readonly playground: string | undefined;
  /** Present if the assembly requires signed URLs. */
  readonly signingKeys?: SigningKeys;
  /** Returns the URL path of a key in `images`; undefined if no path serves it. */
  readonly pathOfKey: PathOfKey;
  close(): Promise<void>;
}

const PROJECT = join(__dirname, '..');
const noop: Log = () => {};

/**
 * Serves the distribution of a synthesised assembly over a folder of images.
 *
 * @throws UserError if the assembly, a folder or the port cannot be used
 */
export async function startDevEdge(options: DevEdgeOptions): Promise<DevEdge> {
  const { images, imagesByPattern = new Map<string, string>() } = options;
  const { log = noop, functionLog = noop, now = Date.now, signUrl } = options;
  const cache = options.cache ?? createMemoryCache({ now });
  const assembly = readAssembly(options.assembly);
  for (const folder of [images, ...imagesByPattern.values()]) await requireImages(folder);

  const behaviors = servedBehaviors(assembly);
  const defaultBehavior = behaviors.at(-1);
  requirePatterns(behaviors, imagesByPattern, '--images');
  const folders = foldersByBucket(behaviors, images, imagesByPattern);
  const signingKeys = requiresSigningKeys(behaviors)
    ? (options.signingKeys ?? { current: createKey() })
    : undefined;
  const pathOfKey = createPathFinder(
    assembly,
    behaviors.filter(({ origin }) => folders.get(localBucketName(origin)) === images),
  );
  const closers: (() => Promise<void>)[] = [() => cache.close()];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const playground =
      options.playground && (!signingKeys || options.signUrl)
        ? await openPlayground({
            images,
            originPath: defaultBehavior?.origin.originPath ?? '',
            pathOfKey,
            functionFolder: defaultBehavior?.originResponse?.assetFolder ?? '',
            ...(signUrl && signingKeys && { signUrl: (url: string) => signUrl(url, signingKeys.current) }),
          })
        : undefined;
    if (playground) closers.push(() => playground.close());

    const s3 = await startLocalS3({
      folders,
      ...(playground && { fallbackFolder: playground.uploads }),
      ...(options.objectMetadata && { metadata: options.objectMetadata }),
    });
    closers.push(() => s3.close());
    const client = createS3Client({
      endpoint: s3.endpoint,
      region: 'us-east-1',
      credentials: LOCAL_CREDENTIALS,
      maxAttempts: 1,
    });
    closers.push(async () => client.destroy());

    const lambdas = await createLambdaRuntimes(
      behaviors,
      async (lambda) => ({
        ...lambda,
        assetFolder: await prepareNativeBundle(
          lambda.assetFolder,
          options.functionPlatform ?? currentPlatform(),
          PROJECT,
        ),
      }),
      (lambda) =>
        createProcessRuntime({
          lambda,
          environment: {
            AWS_ENDPOINT_URL_S3: s3.endpoint,
            AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
            AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
          },
          log: functionLog,
          ...(options.concurrency && { concurrency: options.concurrency }),
        }),
    );

    // A developer's machine has no overload: whoever asks waits.
    const limiter = createConcurrencyLimiter({
      concurrency: options.concurrency ?? availableParallelism(),
      queue: Number.POSITIVE_INFINITY,
      maxWait: undefined,
      log,
    });
    const watchdog = startWatchdog();
    closers.push(() => watchdog.close());
    const server = await startServer({
      handleRequest: reportRequests(
        createDistribution({
          assembly,
          bucketFor: ({ origin }) => ({ client, bucket: localBucketName(origin), region: origin.region }),
          cache,
          lambdaFor: (behavior) => {
            const runtime = lambdas.runtimeFor(behavior);
            return runtime && limiter.wrap(runtime);
          },
          ...(signingKeys && { keyValueStore: toKeyValueStore(signingKeys) }),
          watchdog,
          now,
          log,
        }),
        options.onRequest,
      ),
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      onError: log,
      ...(playground && { pages: playground.pages }),
    });
    closers.push(() => server.close());
    // Closed before the server, so that it does not wait for renders: they are answered 503.
    closers.push(() => lambdas.close());
    return {
      url: server.url,
      s3Endpoint: s3.endpoint,
      bucket: defaultBehavior ? localBucketName(defaultBehavior.origin) : '',
      pathOfKey,
      playground: playground && server.url + playground.path.slice(1),
      ...(signingKeys && { signingKeys }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
