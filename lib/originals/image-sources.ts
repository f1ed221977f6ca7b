import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
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

/** The buckets of a stack: its own where one is asked for, and those that are there already, each once. */
export class ImageSources extends Construct {
  /** What is served where no pattern matches. */
  readonly main: ImageSource;
  /** What is served under each pattern, in their order. */
  readonly byPattern: ReadonlyMap<string, ImageSource>;
  private readonly existing = new Map<string, { configuration: BucketSettings; bucket: IBucket }>();

  constructor(scope: Construct, id: string, { bucket, originPath = '', origins }: InfrastructureSettings) {
    super(scope, id);
    // Beside this construct, not in it: pictures must not move because the code around them did.
    const main = bucket ? this.open('edgecrop.bucket', bucket) : new ImageBucket(scope, 'Images');
    this.main = { bucket: main, originPath };
    this.byPattern = new Map(
      Object.entries(origins).map(([pattern, origin]) => [
        pattern,
        origin.bucket
          ? {
              bucket: this.open(`edgecrop.origins.${pattern}.bucket`, origin.bucket),
              originPath: origin.originPath ?? '',
            }
          : { bucket: main, originPath: origin.originPath ?? originPath },
      ]),
    );
  }

  /** Tells what the policies of buckets that are not ours must say. */
  outputRequiredBucketPolicies(distribution: Distribution): void {
    for (const [name, { configuration, bucket }] of this.existing) {
      const originPaths = this.originPathsOf(bucket);
      new BucketAccess(this, `${name}-access`, { bucket: configuration, originPaths, distribution });
    }
  }

  /** The folders of a bucket in which paths of URLs begin, each once. */
  originPathsOf(bucket: IBucket): readonly string[] {
    const all = [this.main, ...this.byPattern.values()].filter((source) => source.bucket === bucket);
    return [...new Set(all.map(({ originPath }) => originPath))];
  }

  private open(key: string, configuration: BucketSettings): IBucket {
    const { name } = configuration;
    const known = this.existing.get(name);
    if (known && !isSame(known.configuration, configuration)) {
      const [came, allowed] = [configuration, known.configuration].map((one) => JSON.stringify(one));
      throw new Error(`${key}: got ${came}, allowed: ${allowed}, as for the same bucket elsewhere`);
    }
    const bucket = known?.bucket ?? new ExistingBucket(this, name, configuration).bucket;
    this.existing.set(name, { configuration, bucket });
    return bucket;
  }
}

function isSame(one: BucketSettings, other: BucketSettings): boolean {
  return one.region === other.region && one.kmsKeyArn === other.kmsKeyArn;
}
