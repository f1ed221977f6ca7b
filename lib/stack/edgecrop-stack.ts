import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { requireUsEast1 } from '../configuration/region';
import { readStackOptions, type StackOptions } from '../configuration/stack-options';
import { ImageCropping } from '../cropping/image-cropping';
import { Operations, shieldRegionOf } from '../operations/operations';
import { ImageSources } from '../originals/image-sources';
import { ImageDistribution } from './image-distribution';
import { ImageDomain } from './image-domain';

export interface EdgecropStackProps extends StackProps {
  /**
   * How pictures are cropped, and what stands around that.
   *
   * @default - type `A`, quality 80, a day in caches, a bucket of the stack's own
   */
  readonly configuration?: StackOptions;
}

/** A private bucket, a distribution in front of it, and the crops between the two. */
export class EdgecropStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgecropStackProps) {
    super(scope, id, props);
    requireUsEast1(this);

    const { cropping: configuration, deployment } = readStackOptions(props.configuration);
    const sources = new ImageSources(this, 'Sources', deployment);
    const common = { memorySize: deployment.memorySize, logRetentionDays: deployment.logRetention.days };
    const cropping = new ImageCropping(this, 'Cropping', {
      ...sources.main,
      ...common,
      configuration,
      originShieldRegion: shieldRegionOf(deployment, sources.main.bucket),
    });
    const { signingKeys } = cropping;
    const patterns = [...sources.byPattern].map(([pattern, source]): [string, ImageCropping] => [
      pattern,
      new ImageCropping(this, `Cropping${pattern}`, {
        ...source,
        ...common,
        configuration: { ...configuration, types: deployment.origins[pattern]?.types ?? configuration.types },
        originShieldRegion: shieldRegionOf(deployment, source.bucket),
        // One store, so that a key is made and changed in one place.
        ...(signingKeys && { signingKeys }),
      }),
    ]);
    const domain = deployment.domain && new ImageDomain(this, 'Domain', deployment.domain);
    const distribution = new ImageDistribution(this, 'Distribution', {
      defaultBehavior: cropping.behaviorOptions,
      additionalBehaviors: Object.fromEntries(
        patterns.map(([pattern, { behaviorOptions }]) => [pattern, behaviorOptions]),
      ),
      ...(domain && { domain }),
      ...(deployment.webAclArn && { webAclArn: deployment.webAclArn }),
    });
    domain?.addAliasRecords(distribution);
    sources.outputRequiredBucketPolicies(distribution);
    new Operations(this, 'Operations', {
      configuration: deployment,
      bucket: sources.main.bucket,
      originPaths: sources.originPathsOf(sources.main.bucket),
      distribution,
      functions: [['*', cropping] as const, ...patterns].map(([pattern, { originResponse, bucket }]) => ({
        pattern,
        originResponse,
        shieldRegion: shieldRegionOf(deployment, bucket),
      })),
    });

    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      '`defaultRootObject` is set, and the function answers 404 in place of a listing',
    );
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront:minimumProtocolVersionWithoutCertificate',
      'it holds as soon as the distribution has a certificate of its own',
    );
    for (const warning of [
      'updateImportedBucketPolicyOac',
      'updateImportedKeyPolicyOac',
      'wildcardKeyPolicyForOac',
    ]) {
      Annotations.of(this).acknowledgeWarning(
        `@aws-cdk/aws-cloudfront-origins:${warning}`,
        'the statement is told, in an output too',
      );
    }

    new CfnOutput(this, 'DistributionUrl', { value: `https://${distribution.domainName}/` });
    if (signingKeys) {
      new CfnOutput(this, 'SigningKeysArn', { value: signingKeys.keyValueStoreArn });
    }
    new CfnOutput(this, 'BucketName', { value: sources.main.bucket.bucketName });
  }
}
