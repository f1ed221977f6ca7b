import { RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { suppressFinding } from '../cropping/suppress-finding';

/** A private bucket for originals. It stays when the stack is deleted: the images belong to the user. */
export class ImageBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    suppressFinding(this, 'AwsSolutions-S1', "the distribution's access logs show the requests (accessLogs)");
  }
}
