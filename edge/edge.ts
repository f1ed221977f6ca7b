import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createKey, type SigningKeys } from '../keys/signing-keys';
import { readAssembly } from './assembly';
import { createAssemblyDistribution } from './assembly-distribution';
import { createMemoryCache } from './cache/memory';
import type { ResponseCache } from './cache/response-cache';
import type { ObjectMetadata } from './folder-store';
import { type Host, prepareHostBundle, thisHost } from './host-bundle';
import { requireImages } from './images';
import { createLambdaRuntime } from './lambda-runtime';
import { LOCAL_CREDENTIALS, startLocalBucket } from './local-bucket';
import type { Log } from './message';
import { openPlayground } from './playground';
import { startServer } from './server';
import { storeOf } from './signing-keys';

export interface EdgeOptions {
  /** The folder of a synthesised cloud assembly. */
  readonly assembly: string;
  /** The folder whose files are the bucket's objects. */
  readonly images: string;
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
  /** Where its bucket is, for an S3 client of one's own. */
  readonly s3Endpoint: string;
  readonly bucket: string;
  /** Where the playground is, if it is served. */
  readonly playground: string | undefined;
  /** Where the assembly wants signatures: what URLs are signed with. */
  readonly signingKeys?: SigningKeys;
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
  await requireImages(options.images);

  const signingKeys = assembly.viewerRequest?.keyValueStore
    ? (options.signingKeys ?? { current: createKey() })
    : undefined;
  const bucket = assembly.origin.bucketLogicalId.toLowerCase();
  const closers: (() => Promise<void>)[] = [() => cache.close()];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const playground = options.playground
      ? await openPlayground({ assembly: options.assembly, images: options.images })
      : undefined;
    if (playground) closers.push(() => playground.close());
    const local = await startLocalBucket({
      bucket,
      folder: options.images,
      ...(playground && { fallbackFolder: playground.dropped }),
      ...(options.objectMetadata && { metadata: options.objectMetadata }),
    });
    closers.push(() => local.close());
    const client = new S3Client({
      endpoint: local.endpoint,
      region: assembly.origin.region,
      credentials: LOCAL_CREDENTIALS,
      forcePathStyle: true,
      // CloudFront passes on what S3 says; it neither repeats a request nor checks a sum.
      maxAttempts: 1,
      responseChecksumValidation: 'WHEN_REQUIRED',
      // Renders hold their connection while they wait for a process.
      requestHandler: { httpAgent: { maxSockets: 1000 } },
    });
    closers.push(async () => client.destroy());

    const lambda =
      assembly.originResponse &&
      createLambdaRuntime({
        lambda: {
          ...assembly.originResponse,
          assetFolder: await prepareHostBundle(
            assembly.originResponse.assetFolder,
            options.functionHost ?? thisHost(),
            PROJECT,
          ),
        },
        environment: {
          AWS_ENDPOINT_URL_S3: local.endpoint,
          AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
          AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
        },
        log: functionLog,
        ...(options.concurrency && { concurrency: options.concurrency }),
      });

    const server = await startServer({
      distribution: createAssemblyDistribution({
        assembly,
        client,
        bucket,
        region: assembly.origin.region,
        cache,
        lambda,
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
    if (lambda) closers.push(() => lambda.close());
    return {
      url: server.url,
      s3Endpoint: local.endpoint,
      bucket,
      playground: playground && server.url + playground.path.slice(1),
      ...(signingKeys && { signingKeys }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
