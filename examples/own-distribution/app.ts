import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Distribution, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { ImageCropping } from 'edgecrop';

// A website with a distribution of its own. In us-east-1, where Lambda@Edge functions live.
const stack = new Stack(new App(), 'Website', { env: { region: 'us-east-1' } });
const bucket = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
};
const pages = new Bucket(stack, 'Pages', bucket);
const photos = new Bucket(stack, 'Photos', bucket);

const distribution = new Distribution(stack, 'Distribution', {
  defaultRootObject: 'index.html',
  defaultBehavior: {
    origin: S3BucketOrigin.withOriginAccessControl(pages),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  },
});

// Images under /photos/ are cropped. S3 sees the whole path: /photos/cat.jpg is the key photos/cat.jpg.
const cropping = new ImageCropping(stack, 'Cropping', {
  bucket: photos,
  options: { types: { card: { w: 320, h: 180, format: 'auto' } } },
});
distribution.addBehavior('/photos/*', cropping.behaviorOptions.origin, cropping.behaviorOptions);

new CfnOutput(stack, 'PhotosBucket', { value: photos.bucketName });
new CfnOutput(stack, 'Url', { value: `https://${distribution.domainName}/photos/` });
