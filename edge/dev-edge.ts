import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createKey, type SigningKeys } from '../signing/signing-keys';
import { readAssembly, servedBehaviors } from './assembly/assembly';
import { createAssemblyDistribution } from './assembly/assembly-distribution';
import { createPathFinder } from './assembly/behavior-routing';
import { requirePatterns } from './assembly/per-pattern-options';
import { createMemoryCache } from './cache/memory-cache';
import type { ResponseCache } from './cache/response-cache';
import { createLambdaRuntimes } from './functions/origin-response/lambda-runtimes';
import { type Host, prepareHostBundle, thisHost } from './functions/origin-response/native-bundle';
import { createLambdaRuntime } from './functions/origin-response/process-runtime';
import { storeOf, wantsSigningKeys } from './functions/viewer-request/signing-keys-file';
import type { Log } from './http/http-types';
import { startServer } from './http/server';
import { foldersOf, localName } from './local/bucket-folders';
import type { ObjectMetadata } from './local/folder-store';
import { requireImages } from './local/image-folder';
import { LOCAL_CREDENTIALS, startLocalBuckets } from './local/local-s3';
import { openPlayground } from './local/playground';

export interface EdgeOptions {
  /** The folder of a synthesised cloud assembly. */
  readonly assembly: string;
  /** The folder whose files are the objects of every bucket. */
  readonly images: string;
  /**
   * Other folders, by the path patterns whose buckets they are.
   *
   * @default - none
   */
  readonly imagesOf?: ReadonlyMap<string, string>;
  /**
   * @default - any that is free
   */
  readonly port?: number;
  /**
   * @default 127.0.0.1
   */
  readonly host?: string;
  /**
   * The clock that cached responses age by, in milliseconds since 1970.
   *
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * Metadata of objects, which a folder cannot hold.
   *
   * @default - none but the content type
   */
  readonly objectMetadata?: ObjectMetadata;
  /**
   * Where responses are kept.
   *
   * @default - 256 MB of memory
   */
  readonly cache?: ResponseCache;
  /**
   * How many renders run at once.
   *
   * @default - as many as there are processors
   */
  readonly concurrency?: number;
  /**
   * The keys that URLs are signed with, where the assembly wants signatures.
   *
   * @default - new ones for this run
   */
  readonly signingKeys?: SigningKeys;
  /**
   * Gets the reason of every 502 and 503.
   *
   * @default - nobody
   */
  readonly log?: Log;
  /**
   * Gets what the function prints.
   *
   * @default - nobody
   */
  readonly functionLog?: Log;
  /**
   * Whether the playground is served at `/_edgecrop/`.
   *
   * @default false
   */
  readonly playground?: boolean;
  /**
   * The machine that the function's native code must fit.
   *
   * @default - this one
   */
  readonly functionHost?: Host;
}

/** A distribution that serves on this machine. */
export interface Edge {
  /** Ends in a slash. */
  readonly url: string;
  /** Where its buckets are, for an S3 client of one's own. */
  readonly s3Endpoint: string;
  /** That of the last behaviour that is served, the default one as a rule. */
  readonly bucket: string;
  /** Where the playground is, if it is served; it cannot sign. */
  readonly playground: string | undefined;
  /** Where the assembly wants signatures: what URLs are signed with. */
  readonly signingKeys?: SigningKeys;
  /** The path of a URL that reads a key out of `images`; undefined where none does. */
  pathOf(key: string): string | undefined;
  close(): Promise<void>;
}

const PROJECT = join(__dirname, '..');
const silent: Log = () => {};

/**
 * Serves the distribution of a synthesised assembly over a folder of images.
 *
 * @throws UserError where the assembly, the folder or the port is not as it must be
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { log = silent, functionLog = silent, cache = createMemoryCache() } = options;
  const assembly = readAssembly(options.assembly);
  const { images, imagesOf = new Map<string, string>() } = options;
  for (const folder of [images, ...imagesOf.values()]) await requireImages(folder);

  const behaviors = servedBehaviors(assembly);
  requirePatterns(behaviors, imagesOf, '--images');
  const folders = foldersOf(behaviors, images, imagesOf);
  const signingKeys = wantsSigningKeys(behaviors)
    ? (options.signingKeys ?? { current: createKey() })
    : undefined;
  const pathOf = createPathFinder(
    assembly,
    behaviors.filter(({ origin }) => folders.get(localName(origin)) === images),
  );
  const closers: (() => Promise<void>)[] = [() => cache.close()];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const playground =
      options.playground && !signingKeys
        ? await openPlayground({
            assembly: options.assembly,
            images,
            originPath: behaviors.at(-1)?.origin.originPath ?? '',
            pathOf,
            code: behaviors.at(-1)?.viewerRequest?.code ?? '',
          })
        : undefined;
    if (playground) closers.push(() => playground.close());
    const local = await startLocalBuckets({
      folders,
      ...(playground && { fallbackFolder: playground.dropped }),
      ...(options.objectMetadata && { metadata: options.objectMetadata }),
    });
    closers.push(() => local.close());
    const client = new S3Client({
      endpoint: local.endpoint,
      // The embedded server takes a signature for any.
      region: 'us-east-1',
      credentials: LOCAL_CREDENTIALS,
      forcePathStyle: true,
      // CloudFront passes on what S3 says; it neither repeats a request nor checks a sum.
      maxAttempts: 1,
      responseChecksumValidation: 'WHEN_REQUIRED',
      // Renders hold their connection while they wait for a process.
      requestHandler: { httpAgent: { maxSockets: 1000 } },
    });
    closers.push(async () => client.destroy());

    const lambdas = await createLambdaRuntimes(
      behaviors,
      async (lambda) => ({
        ...lambda,
        assetFolder: await prepareHostBundle(lambda.assetFolder, options.functionHost ?? thisHost(), PROJECT),
      }),
      (lambda) =>
        createLambdaRuntime({
          lambda,
          environment: {
            AWS_ENDPOINT_URL_S3: local.endpoint,
            AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
            AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
          },
          log: functionLog,
          ...(options.concurrency && { concurrency: options.concurrency }),
        }),
    );

    const server = await startServer({
      distribution: createAssemblyDistribution({
        assembly,
        placeOf: ({ origin }) => ({ client, bucket: localName(origin), region: origin.region }),
        cache,
        lambdaOf: lambdas.of,
        ...(signingKeys && { keyValueStore: storeOf(signingKeys) }),
        now: options.now ?? Date.now,
        log,
      }),
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      log,
      ...(playground && { pages: playground.pages }),
    });
    closers.push(() => server.close());
    // Ended before the server waits for its last answers: what is under way is answered 503 and not waited for.
    closers.push(() => lambdas.close());
    return {
      url: server.url,
      s3Endpoint: local.endpoint,
      bucket: [...folders.keys()].at(-1) ?? '',
      pathOf,
      playground: playground && server.url + playground.path.slice(1),
      ...(signingKeys && { signingKeys }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
