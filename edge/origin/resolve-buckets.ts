import { S3Client } from '@aws-sdk/client-s3';
import { UserError } from '../../errors/user-error';
import type { Behavior } from '../assembly/assembly';
import type { BucketPlace } from '../assembly/assembly-distribution';
import { requirePatterns } from '../assembly/per-pattern-options';

export interface BucketPlacesOptions {
  /** In place of the bucket of the default behaviour, wherever else that is. */
  readonly bucket: string | undefined;
  /** In place of the buckets of path patterns. */
  readonly bucketOf?: ReadonlyMap<string, string>;
  /** Of the buckets that are named here. */
  readonly region?: string;
  /** An S3-compatible store. */
  readonly endpoint?: string;
}

/** The buckets of an assembly's behaviours, where they really are. */
export interface BucketPlaces {
  /** What tells these buckets from others. */
  readonly identity: string;
  of(behavior: Behavior): BucketPlace;
  close(): void;
}

/**
 * Finds a bucket for each behaviour: the one that was said, else the one that the assembly names.
 *
 * @throws UserError where there is neither
 */
export function findBuckets(behaviors: readonly Behavior[], options: BucketPlacesOptions): BucketPlaces {
  const { bucket: mainBucket, bucketOf = new Map<string, string>(), region, endpoint } = options;
  requirePatterns(behaviors, bucketOf, '--bucket');
  const main = behaviors.at(-1)?.origin.bucket;

  const find = ({ origin, pathPattern }: Behavior): { readonly bucket: string; readonly region: string } => {
    const said = bucketOf.get(pathPattern) ?? (origin.bucket === main ? mainBucket : undefined);
    if (said !== undefined)
      return { bucket: said, region: region ?? process.env.AWS_REGION ?? origin.region };
    if (!origin.isCreated) return origin;
    const word = pathPattern === '*' ? 'NAME' : `'${pathPattern}=NAME'`;
    throw new UserError(`the paths ${pathPattern} have no bucket yet; say which: --bucket ${word}`);
  };

  // Before anything starts: what is missing is said now.
  const identity = behaviors.map((behavior) => {
    const { bucket, region: place } = find(behavior);
    return [behavior.pathPattern, place, bucket, behavior.origin.originPath];
  });
  const clients = new Map<string, S3Client>();
  return {
    identity: JSON.stringify([endpoint, ...identity]),
    of: (behavior) => {
      const { bucket, region: place } = find(behavior);
      const client = clients.get(place) ?? createClient(place, endpoint);
      clients.set(place, client);
      return { bucket, region: place, client };
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}

function createClient(region: string, endpoint: string | undefined): S3Client {
  return new S3Client({
    region,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      // Renders hold their connection while they wait for a process.
      httpAgent: { maxSockets: 1000 },
      httpsAgent: { maxSockets: 1000 },
    },
  });
}
