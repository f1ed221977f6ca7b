import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { BucketSettings } from '../configuration/origin-options';

export interface BucketAccessProps {
  readonly bucket: BucketSettings;
  /** The folders that are read, as `/media`, or the empty string for all. */
  readonly originPaths: readonly string[];
  readonly distribution: Distribution;
}

/** A placeholder: before the first deploy, the distribution has no ARN. */
const UNKNOWN_ARN = 'arn:aws:cloudfront::ACCOUNT:distribution/ID';

/**
 * Says what the policies of an existing bucket and its key must allow before CloudFront can read: at synth, and
 * with the distribution's ARN as outputs of the stack. The CDK cannot add to the policy of a bucket that it did
 * not create, and an `AWS::S3::BucketPolicy` in our stack would replace the owner's.
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
          `${stack.resolve(output.logicalId)} has with the distribution's ARN after the deploy: ` +
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

/** With the right to list, S3 answers 404 and not 403 for a missing object. */
function bucketStatement({ name }: BucketSettings, originPaths: readonly string[]): Statement {
  const arn = `arn:aws:s3:::${name}`;
  const folders = originPaths.includes('') ? [''] : [...new Set(originPaths)];
  return statement(['s3:GetObject', 's3:ListBucket'], [...folders.map((path) => `${arn}${path}/*`), arn]);
}

/** The policy of a key names no other resource than the key itself. */
const keyStatement = statement(['kms:Decrypt'], ['*']);
