const { CfnOutput, Stack } = require('aws-cdk-lib');
const { Distribution } = require('aws-cdk-lib/aws-cloudfront');
const { S3BucketOrigin } = require('aws-cdk-lib/aws-cloudfront-origins');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const { ImageCropping } = require('edgecrop');

class Website extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const cropping = new ImageCropping(this, 'Cropping', {
      bucket: new Bucket(this, 'Photos'),
      options: { types: { card: { w: 320, h: 180, format: 'auto' } }, signing: true },
    });
    const distribution = new Distribution(this, 'Distribution', {
      defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(this, 'Pages')) },
    });
    distribution.addBehavior('/photos/*', cropping.behaviorOptions.origin, cropping.behaviorOptions);
    new CfnOutput(this, 'Keys', { value: cropping.signingKeysArn });
  }
}

module.exports = { Website };
