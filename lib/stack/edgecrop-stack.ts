import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StackOptions } from '../configuration/options';
import { requireUsEast1 } from '../configuration/region';
import { readStackOptions } from '../configuration/stack-options';
import { ImageCropping } from '../cropping/image-cropping';
import { Operations, shieldRegionOf } from '../operations/operations';
import { ImageSources } from '../originals/image-sources';
import { ImageDistribution } from './image-distribution';
import { ImageDomain } from './image-domain';

export interface EdgecropStackProps extends StackProps {
  /**
   * How images are cropped, and what the stack has beside that.
   *
   * @default - type `A`, quality 75, a day in caches, a bucket that the stack creates
   */
  readonly options?: StackOptions | undefined;
}

/**
 * A private bucket, a distribution in front of it, and the crops in between.
 *
 * @throws Error if an option is wrong, with one line for each mistake, or if the stack is not in us-east-1
 */
export class EdgecropStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgecropStackProps) {
    const { options, ...stackProps } = props;
    super(scope, id, stackProps);
    requireUsEast1(this);

    const { cropping: croppingOptions, infrastructure } = readStackOptions(options, `${id}.options`);
    const sources = new ImageSources(this, 'Sources', infrastructure);
    const common = {
      memorySize: infrastructure.memorySize,
      logRetentionDays: infrastructure.logRetention.days,
    };
    const cropping = new ImageCropping(this, 'Cropping', {
      ...sources.main,
      ...common,
      options: croppingOptions,
      originShieldRegion: shieldRegionOf(infrastructure, sources.main.bucket),
    });
    const patterns = [...sources.byPattern].map(([pattern, source]): [string, ImageCropping] => [
      pattern,
      new ImageCropping(this, `Cropping${pattern}`, {
        ...source,
        ...common,
        options: {
          ...croppingOptions,
          types: infrastructure.origins[pattern]?.types ?? croppingOptions.types,
          missing: infrastructure.origins[pattern]?.missing ?? croppingOptions.missing,
        },
        originShieldRegion: shieldRegionOf(infrastructure, source.bucket),
        // One store, so that a key is created and replaced in one place.
        signingKeys: cropping.signingKeys,
      }),
    ]);
    const domain = infrastructure.domain && new ImageDomain(this, 'Domain', infrastructure.domain);
    const distribution = new ImageDistribution(this, 'Distribution', {
      defaultBehavior: cropping.behaviorOptions,
      additionalBehaviors: Object.fromEntries(
        patterns.map(([pattern, { behaviorOptions }]) => [pattern, behaviorOptions]),
      ),
      ...(domain && { domain }),
      ...(infrastructure.webAclArn && { webAclArn: infrastructure.webAclArn }),
    });
    domain?.addAliasRecords(distribution);
    sources.outputRequiredBucketPolicies(distribution);
    new Operations(this, 'Operations', {
      settings: infrastructure,
      ownBucket: sources.ownBucket,
      originPaths: sources.originPathsOf(sources.main.bucket),
      distribution,
      hasMetrics: croppingOptions.metrics ?? true,
      functions: [['*', cropping] as const, ...patterns].map(
        ([pattern, { originResponse, viewerRequest, bucket }]) => ({
          pattern,
          originResponse,
          viewerRequest,
          shieldRegion: shieldRegionOf(infrastructure, bucket),
        }),
      ),
    });
    this.acknowledgeWarnings();

    new CfnOutput(this, 'DistributionUrl', { value: `https://${distribution.domainName}/` });
    // `edgecrop keys --stack` looks for this name.
    cropping.signingKeysOutput?.overrideLogicalId('SigningKeysArn');
    new CfnOutput(this, 'BucketName', { value: sources.main.bucket.bucketName });
  }

  private acknowledgeWarnings(): void {
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate',
      'it applies as soon as the distribution has a certificate of its own',
    );
    for (const warning of [
      'updateImportedBucketPolicyOac',
      'updateImportedKeyPolicyOac',
      'wildcardKeyPolicyForOac',
    ]) {
      Annotations.of(this).acknowledgeWarning(
        `@aws-cdk/aws-cloudfront-origins:${warning}`,
        'an output has the statement that the policy needs',
      );
    }
  }
}
