import { Annotations } from 'aws-cdk-lib';
import {
  AccessLevel,
  type IOrigin,
  type OriginBindConfig,
  type OriginBindOptions,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface ImageOriginProps {
  readonly bucket: IBucket;
  /** A folder as `/media`, or the empty string for the whole bucket. */
  readonly originPath: string;
  readonly originShieldRegion: string | undefined;
  /** Whether the policies of bucket and key already let CloudFront read, though the CDK cannot know. */
  readonly hasPolicies: boolean;
}

const NO_LISTING = {
  listBucketSecurityRisk: 'the viewer-request function answers / with 404 and not with a listing',
};

const HAS_POLICIES = {
  updateImportedBucketPolicyOac: "the statement is in the bucket's own stack",
  updateImportedKeyPolicyOac: "the statement is in the key's own stack",
};

/**
 * A private bucket with Origin Access Control, without warnings that do not apply. The CDK adds them to the
 * distribution, which may be somebody else's, so they are acknowledged when the origin gets there.
 */
export class ImageOrigin implements IOrigin {
  private readonly origin: IOrigin;

  private readonly acknowledged: Readonly<Record<string, string>>;

  constructor({ bucket, originPath, originShieldRegion, hasPolicies }: ImageOriginProps) {
    this.acknowledged = { ...NO_LISTING, ...(hasPolicies && HAS_POLICIES) };
    this.origin = S3BucketOrigin.withOriginAccessControl(bucket, {
      // Without the right to list, S3 answers 403 for an object that does not exist. That right would also allow
      // a listing at `/`, which the viewer-request function and `defaultRootObject` prevent.
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      ...(originPath !== '' && { originPath }),
      ...(originShieldRegion && { originShieldRegion }),
    });
  }

  bind(scope: Construct, options: OriginBindOptions): OriginBindConfig {
    const config = this.origin.bind(scope, options);
    for (const [warning, reason] of Object.entries(this.acknowledged)) {
      Annotations.of(scope).acknowledgeWarning(`@aws-cdk/aws-cloudfront-origins:${warning}`, reason);
    }
    return config;
  }
}
