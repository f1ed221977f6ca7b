import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type CroppingOptions, ImageCropping } from 'edgecrop';

const options: CroppingOptions = {
  types: { card: { w: 320, h: 180, format: 'auto' } },
  signing: true,
};

export class Website extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const cropping = new ImageCropping(this, 'Cropping', { bucket: new Bucket(this, 'Photos'), options });
    const distribution = new Distribution(this, 'Distribution', {
      defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(this, 'Pages')) },
    });
    distribution.addBehavior('/photos/*', cropping.behaviorOptions.origin, cropping.behaviorOptions);
    new CfnOutput(this, 'Keys', { value: cropping.signingKeysArn ?? '' });
  }
}
