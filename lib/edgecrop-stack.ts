import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration';
import { ImageBucket } from './image-bucket';
import { ImageCropping } from './image-cropping';
import { ImageDistribution } from './image-distribution';
import { requireUsEast1 } from './region';

export interface EdgecropStackProps extends StackProps {
  /**
   * How pictures are cropped.
   *
   * @default - type `A`, quality 80, a day in caches
   */
  readonly configuration?: Configuration;
}

/** A private bucket, a distribution in front of it, and the crops between the two. */
export class EdgecropStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgecropStackProps) {
    super(scope, id, props);
    requireUsEast1(this);

    const bucket = new ImageBucket(this, 'Images');
    const cropping = new ImageCropping(this, 'Cropping', {
      bucket,
      ...(props.configuration && { configuration: props.configuration }),
    });
    const distribution = new ImageDistribution(this, 'Distribution', {
      defaultBehavior: cropping.behaviorOptions,
    });

    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      '`defaultRootObject` is set, and the function answers 404 in place of a listing',
    );
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate',
      'it holds as soon as the distribution has a certificate of its own',
    );

    new CfnOutput(this, 'DistributionUrl', { value: `https://${distribution.domainName}/` });
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
  }
}
