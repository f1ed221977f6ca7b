import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketSettings } from '../configuration/origin-options';

/**
 * A bucket that is there already, in any region. Its policies stay its owner's: what they must say is told by
 * {@link BucketAccess}.
 */
export class ExistingBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { name, region, kmsKeyArn }: BucketSettings) {
    super(scope, id);
    // `Bucket.fromBucketName` would look for it in the stack's region.
    this.bucket = Bucket.fromBucketAttributes(this, 'Bucket', {
      bucketName: name,
      region,
      ...(kmsKeyArn !== undefined && { encryptionKey: Key.fromKeyArn(this, 'Key', kmsKeyArn) }),
    });
  }
}
