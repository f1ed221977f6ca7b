import type { S3Client } from '@aws-sdk/client-s3';
import { UserError } from '../../errors/user-error';
import type { Behavior } from '../assembly/behavior';
import { requirePatterns } from '../assembly/per-pattern-options';
import { createS3Client } from './s3-client';

/** An existing bucket, with a client for its region. */
export interface ResolvedBucket {
  readonly client: S3Client;
  readonly bucket: string;
  readonly region: string;
}

export interface ResolveBucketsOptions {
  /** The bucket of the default behaviour, and of every behaviour that shares its origin. */
  readonly bucket: string | undefined;
  /**
   * The buckets of path patterns.
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
   * An S3-compatible store.
   *
   * @default - S3 itself
   */
  readonly endpoint?: string;
}

/** The buckets of an assembly's behaviours. */
export interface ResolvedBuckets {
  /** Identifies this combination of buckets, so that edges with others do not share cache entries. */
  readonly identity: string;
  bucketFor(behavior: Behavior): ResolvedBucket;
  close(): void;
}

/**
 * Finds the bucket of each behaviour: the one in the options, else the one in the assembly.
 *
 * @throws UserError if a behaviour has neither
 */
export function resolveBuckets(
  behaviors: readonly Behavior[],
  options: ResolveBucketsOptions,
): ResolvedBuckets {
  const { bucket: mainBucket, bucketsByPattern = new Map<string, string>(), region, endpoint } = options;
  requirePatterns(behaviors, bucketsByPattern, '--bucket');
  const mainOrigin = behaviors.at(-1)?.origin.bucket;

  const resolve = ({ origin, pathPattern }: Behavior) => {
    const named =
      bucketsByPattern.get(pathPattern) ?? (origin.bucket === mainOrigin ? mainBucket : undefined);
    if (named !== undefined) {
      return { bucket: named, region: region ?? process.env.AWS_REGION ?? origin.region };
    }
    if (!origin.isCreated) return { bucket: origin.bucket, region: origin.region };
    const value = pathPattern === '*' ? 'NAME' : `'${pathPattern}=NAME'`;
    throw new UserError(`the bucket of the paths ${pathPattern} is not known; name it: --bucket ${value}`);
  };

  // Resolves all buckets now, so that a missing one is reported at the start.
  const identity = behaviors.map((behavior) => {
    const resolved = resolve(behavior);
    return [behavior.pathPattern, resolved.region, resolved.bucket, behavior.origin.originPath];
  });
  const clients = new Map<string, S3Client>();
  return {
    identity: JSON.stringify([endpoint, ...identity]),
    bucketFor: (behavior) => {
      const resolved = resolve(behavior);
      const known = clients.get(resolved.region);
      const client = known ?? createS3Client({ region: resolved.region, ...(endpoint && { endpoint }) });
      clients.set(resolved.region, client);
      return { ...resolved, client };
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}
