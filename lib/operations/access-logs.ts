import { Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { suppressFinding } from '../cropping/suppress-finding';

/**
 * Requests and their outcome, without the addresses, ports and cookies of viewers: country and user agent show
 * where requests come from, and a web ACL has its own logs for the rest.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html#BasicDistributionFileFormat
 */
const FIELDS = [
  'date',
  'time',
  'x-edge-location',
  'x-edge-request-id',
  'x-host-header',
  'cs-method',
  'cs-protocol',
  'cs-protocol-version',
  'cs-uri-stem',
  'cs-uri-query',
  'cs(Referer)',
  'cs(User-Agent)',
  'c-country',
  'sc-status',
  'sc-bytes',
  'sc-content-type',
  'sc-content-len',
  'x-edge-result-type',
  'x-edge-response-result-type',
  'x-edge-detailed-result-type',
  'time-taken',
  'time-to-first-byte',
  'origin-fbl',
];

export interface AccessLogsProps {
  readonly distribution: IDistribution;
}

/**
 * A line for each request to a distribution, in a bucket that deletes it after 90 days. As JSON, which `jq` and
 * Athena both read; Parquet is charged by the gigabyte.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export class AccessLogs extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        { expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // A first deploy that fails leaves no empty bucket behind.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    suppressFinding(
      this.bucket,
      'AwsSolutions-S1',
      'this is the bucket of the logs; logging its own access would never end',
    );

    // CloudWatch Logs takes up to 60 characters of [\w-].
    const name = Names.uniqueResourceName(this, { maxLength: 60, separator: '-' });
    const source = new CfnDeliverySource(this, 'Source', {
      name,
      logType: 'ACCESS_LOGS',
      resourceArn: props.distribution.distributionArn,
    });
    // With the prefix in the destination. Without one AWS adds this very prefix when the delivery is created, and
    // leaves it out when the delivery is updated, where the bucket's policy refuses the logs:
    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2274
    const prefix = `AWSLogs/${account}/CloudFront`;
    const destination = new CfnDeliveryDestination(this, 'PrefixedDestination', {
      name: `${Names.uniqueResourceName(this, { maxLength: 57, separator: '-' })}-s3`,
      destinationResourceArn: this.bucket.arnForObjects(prefix),
      outputFormat: 'json',
    });
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
      recordFields: FIELDS,
      s3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
    });
    delivery.node.addDependency(source);

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html#AWS-logs-infrastructure-V2-S3
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AccessLogs',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`AWSLogs/${account}/*`)],
        conditions: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account },
          ArnEquals: { 'aws:SourceArn': `arn:aws:logs:${region}:${account}:delivery-source:${name}` },
        },
      }),
    );
    if (this.bucket.policy) delivery.node.addDependency(this.bucket.policy);
  }
}
