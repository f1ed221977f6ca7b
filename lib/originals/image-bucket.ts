import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { suppressFinding } from '../cropping/suppress-finding';

/** A private bucket for originals. It stays when the stack is deleted: the images belong to the user. */
export class ImageBucket extends Bucket {
  /** @param oldVersionDays how long a replaced or deleted picture is kept, in days */
  constructor(scope: Construct, id: string, oldVersionDays: number) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(oldVersionDays),
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      // A first deploy that fails leaves no empty bucket behind.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    suppressFinding(this, 'AwsSolutions-S1', "the distribution's access logs show the requests (accessLogs)");
  }
}
