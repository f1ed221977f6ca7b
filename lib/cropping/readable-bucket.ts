import { Annotations, Resource, Stack, Token } from 'aws-cdk-lib';
import { Effect, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * The bucket as the construct's own stack may use it.
 *
 * A bucket that another stack of the app creates is imported. Its policy cannot name the distribution, because
 * then each of the two stacks would depend on the other; it names every distribution of the account.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 *
 * @param originPath the folder that is read, as `/media`, or empty for the whole bucket
 * @throws Error if the other stack has no region
 */
export function readableBucket(scope: Construct, bucket: IBucket, originPath: string): IBucket {
  const owner = Stack.of(bucket);
  if (owner === Stack.of(scope) || !Resource.isOwnedResource(bucket)) return bucket;
  if (Token.isUnresolved(owner.region)) {
    throw new Error(
      `${scope.node.path}.bucket: got a bucket of stack ${owner.stackName}, which has no region, ` +
        "allowed: one of a stack with a region, as in env: { region: 'eu-central-1' }",
    );
  }
  allowDistributions(Stack.of(scope), bucket, originPath);
  Annotations.of(scope).acknowledgeWarning(
    '@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac',
    'the policy of a key of another stack cannot name the distribution',
  );
  Annotations.of(scope).addInfo(
    `the policy of bucket ${bucket.node.path} lets every distribution of the account read it, ` +
      'because a bucket of another stack cannot name one (docs/deploy.md)',
  );
  return Bucket.fromBucketAttributes(scope, 'Bucket', {
    bucketName: bucket.bucketName,
    region: owner.region,
    ...(bucket.encryptionKey && {
      encryptionKey: Key.fromKeyArn(scope, 'Key', bucket.encryptionKey.keyArn),
    }),
  });
}

function allowDistributions({ partition, account }: Stack, bucket: IBucket, originPath: string): void {
  const distributions = `arn:${partition}:cloudfront::${account}:distribution/*`;
  const statement = (actions: string[], resources: string[]) =>
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions,
      resources,
      conditions: { ArnLike: { 'AWS:SourceArn': distributions } },
    });
  bucket.addToResourcePolicy(statement(['s3:GetObject'], [objectsOf(bucket, originPath)]));
  // With the right to list, S3 answers 404 and not 403 for a missing object.
  bucket.addToResourcePolicy(statement(['s3:ListBucket'], [bucket.bucketArn]));
  // The policy of a key names no other resource than the key itself.
  bucket.encryptionKey?.addToResourcePolicy(statement(['kms:Decrypt'], ['*']));
}

/**
 * Lets the function that renders read originals, and decrypt them.
 *
 * @param missingKey the key of the picture for missing objects, which may be in another folder
 */
export function allowReading(
  role: IGrantable,
  bucket: IBucket,
  originPath: string,
  missingKey: string | undefined,
): void {
  const allow = (action: string, resource: string) =>
    role.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [action], resources: [resource] }),
    );
  allow('s3:GetObject', objectsOf(bucket, originPath));
  if (missingKey !== undefined && !`/${missingKey}`.startsWith(`${originPath}/`)) {
    allow('s3:GetObject', bucket.arnForObjects(missingKey));
  }
  if (bucket.encryptionKey) allow('kms:Decrypt', bucket.encryptionKey.keyArn);
}

function objectsOf(bucket: IBucket, originPath: string): string {
  return bucket.arnForObjects(`${originPath}/*`.slice(1));
}
