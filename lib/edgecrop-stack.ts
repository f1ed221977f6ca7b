import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ImageBucket } from './image-bucket';
import { ImageCropping } from './image-cropping';
import { ImageDistribution } from './image-distribution';
import { Operations, shieldRegionOf } from './operations';
import { requireUsEast1 } from './region';
import { readStackConfiguration, type StackConfiguration } from './stack-configuration';

export interface EdgecropStackProps extends StackProps {
  /**
   * How pictures are cropped, and what stands around that.
   *
   * @default - type `A`, quality 80, a day in caches, a bucket of the stack's own
   */
  readonly configuration?: StackConfiguration;
}

/** A private bucket, a distribution in front of it, and the crops between the two. */
export class EdgecropStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgecropStackProps) {
    super(scope, id, props);
    requireUsEast1(this);

    const { cropping: configuration, deployment } = readStackConfiguration(props.configuration);
    const bucket = new ImageBucket(this, 'Images');
    const cropping = new ImageCropping(this, 'Cropping', {
      bucket,
      configuration,
      memorySize: deployment.memorySize,
      originShieldRegion: shieldRegionOf(deployment, bucket),
      logRetentionDays: deployment.logRetention.days,
    });
    const distribution = new ImageDistribution(this, 'Distribution', {
      defaultBehavior: cropping.behaviorOptions,
      webAclArn: deployment.webAclArn,
    });
    new Operations(this, 'Operations', {
      configuration: deployment,
      bucket,
      distribution,
      originResponse: cropping.originResponse,
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
