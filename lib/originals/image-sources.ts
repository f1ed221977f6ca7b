import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketSettings } from '../configuration/origin-options';
import type { InfrastructureSettings } from '../configuration/stack-options';
import { BucketAccess } from './bucket-access';
import { ExistingBucket } from './existing-bucket';
import { ImageBucket } from './image-bucket';

/** Where originals are read from. */
export interface ImageSource {
  readonly bucket: IBucket;
  /** A folder as `/media`, or the empty string for the whole bucket. */
  readonly originPath: string;
}

/** The buckets of a stack: its own, and existing ones, each once. */
export class ImageSources extends Construct {
  /** Serves the paths that match no pattern. */
  readonly main: ImageSource;
  /** Serves the paths of each pattern, in order of precedence. */
  readonly byPattern: ReadonlyMap<string, ImageSource>;
  /** The bucket that the stack creates, unless an existing one replaces it. */
  readonly ownBucket: Bucket | undefined;
  private readonly existing = new Map<string, { settings: BucketSettings; bucket: IBucket }>();

  constructor(
    scope: Construct,
    id: string,
    {
      bucket,
      originPath = '',
      origins,
      oldVersionDays,
    }: Pick<InfrastructureSettings, 'bucket' | 'originPath' | 'origins' | 'oldVersionDays'>,
  ) {
    super(scope, id);
    // Beside this construct, not inside it: a move in the tree would replace the bucket.
    this.ownBucket = bucket ? undefined : new ImageBucket(scope, 'Images', oldVersionDays);
    const main = bucket ? this.open(bucket) : (this.ownBucket as Bucket);
    this.main = { bucket: main, originPath };
    this.byPattern = new Map(
      Object.entries(origins).map(([pattern, origin]) => [
        pattern,
        origin.bucket
          ? { bucket: this.open(origin.bucket), originPath: origin.originPath ?? '' }
          : { bucket: main, originPath: origin.originPath ?? originPath },
      ]),
    );
  }

  /** Outputs what the policies of existing buckets have to allow. */
  outputRequiredBucketPolicies(distribution: Distribution): void {
    for (const [name, { settings, bucket }] of this.existing) {
      const originPaths = this.originPathsOf(bucket);
      new BucketAccess(this, `${name}-access`, { bucket: settings, originPaths, distribution });
    }
  }

  /** The folders of a bucket in which paths of URLs begin, each once. */
  originPathsOf(bucket: IBucket): readonly string[] {
    const all = [this.main, ...this.byPattern.values()].filter((source) => source.bucket === bucket);
    return [...new Set(all.map(({ originPath }) => originPath))];
  }

  private open(settings: BucketSettings): IBucket {
    const known = this.existing.get(settings.name)?.bucket;
    const bucket = known ?? new ExistingBucket(this, settings.name, settings).bucket;
    this.existing.set(settings.name, { settings, bucket });
    return bucket;
  }
}
