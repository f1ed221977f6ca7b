import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { BucketSettings } from '../configuration/origin-options';

export interface BucketAccessProps {
  readonly bucket: BucketSettings;
  /** What is read of it: folders as `/media`, or the empty string for all. */
  readonly originPaths: readonly string[];
  readonly distribution: Distribution;
}

/** What stands in the place of the distribution's ARN before it has one. */
const UNKNOWN_ARN = 'arn:aws:cloudfront::ACCOUNT:distribution/ID';

/**
 * Tells what an existing bucket's policy, and its key's, must say before CloudFront may read: at synth, and with
 * the distribution's ARN as outputs of the stack. CDK cannot write into the policy of a bucket that it did not
 * make, and an `AWS::S3::BucketPolicy` of ours would put an end to the owner's.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export class BucketAccess extends Construct {
  constructor(scope: Construct, id: string, { bucket, originPaths, distribution }: BucketAccessProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const policies = [
      { id: 'BucketPolicy', owner: `bucket ${bucket.name}`, statement: bucketStatement(bucket, originPaths) },
      ...(bucket.kmsKeyArn === undefined
        ? []
        : [{ id: 'KeyPolicy', owner: `key ${bucket.kmsKeyArn}`, statement: keyStatement }]),
    ];
    for (const policy of policies) {
      const output = new CfnOutput(this, policy.id, {
        description: `A statement for the policy of ${policy.owner}`,
        value: stack.toJsonString(policy.statement(distribution.distributionArn)),
      });
      Annotations.of(this).addInfo(
        `the policy of ${policy.owner} needs this statement, which the output ` +
          `${stack.resolve(output.logicalId)} tells with the distribution's ARN after the deploy: ` +
          JSON.stringify(policy.statement(UNKNOWN_ARN)),
      );
    }
  }
}

type Statement = (distributionArn: string) => object;

const statement = (actions: readonly string[], resources: readonly string[]): Statement => {
  return (distributionArn) => ({
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: actions,
    Resource: resources,
    Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
  });
};

/** With the right to list, a missing object is 404 and not 403. */
function bucketStatement({ name }: BucketSettings, originPaths: readonly string[]): Statement {
  const arn = `arn:aws:s3:::${name}`;
  const folders = originPaths.includes('') ? [''] : [...new Set(originPaths)];
  return statement(['s3:GetObject', 's3:ListBucket'], [...folders.map((path) => `${arn}${path}/*`), arn]);
}

/** A key's policy names no other resource than the key itself. */
const keyStatement = statement(['kms:Decrypt'], ['*']);
