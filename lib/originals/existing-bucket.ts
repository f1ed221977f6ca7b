import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketSettings } from '../configuration/origin-options';

/** An existing bucket in any region. Its owner keeps its policies; {@link BucketAccess} says what they need. */
export class ExistingBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { name, region, kmsKeyArn }: BucketSettings) {
    super(scope, id);
    // `Bucket.fromBucketName` would assume the stack's region.
    this.bucket = Bucket.fromBucketAttributes(this, 'Bucket', {
      bucketName: name,
      region,
      ...(kmsKeyArn !== undefined && { encryptionKey: Key.fromKeyArn(this, 'Key', kmsKeyArn) }),
    });
  }
}
