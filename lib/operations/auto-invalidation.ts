import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ImageBucket } from '../originals/image-bucket';

const PROJECT_ROOT = join(__dirname, '../..');

const TIMEOUT = Duration.seconds(30);
const BATCHING_WINDOW = Duration.seconds(20);

export interface AutoInvalidationProps {
  readonly bucket: ImageBucket;
  /** The folders of the bucket in which paths of URLs begin; the empty one is all of it. */
  readonly originPaths: readonly string[];
  readonly distribution: IDistribution;
}

/** Purges a picture and its crops from the cache when the picture is replaced or removed. */
export class AutoInvalidation extends Construct {
  /** Changes that could not be purged in ten attempts, kept for two weeks. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: AutoInvalidationProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const changes = new Queue(this, 'Changes', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the function's timeout, and the window in which a batch is collected:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds() + BATCHING_WINDOW.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 10 },
    });
    this.notify(props.bucket, changes);

    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['cloudfront:CreateInvalidation'],
        resources: [props.distribution.distributionArn],
      }),
    );
    const invalidate = new NodejsFunction(this, 'Function', {
      description: 'edgecrop: purges pictures that were replaced or removed',
      entry: join(PROJECT_ROOT, 'lambda/invalidate/index.ts'),
      projectRoot: PROJECT_ROOT,
      depsLockFilePath: join(PROJECT_ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: TIMEOUT,
      environment: {
        DISTRIBUTION_ID: props.distribution.distributionId,
        ORIGIN_PATHS: JSON.stringify(props.originPaths),
      },
      logGroup,
      role,
      bundling: {
        format: OutputFormat.ESM,
        target: 'node20',
        minify: true,
        bundleAwsSDK: true,
        // Without this the SDK's CommonJS build is taken, whose `require` fails inside an ES module.
        mainFields: ['module', 'main'],
      },
    });
    invalidate.addEventSource(
      new SqsEventSource(changes, {
        batchSize: 1000,
        maxBatchingWindow: BATCHING_WINDOW,
        reportBatchItemFailures: true,
        // The least that Lambda takes, and all that CloudFront's limit leaves work for. Reserved
        // concurrency would take from what young accounts have too little of.
        // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
        maxConcurrency: 2,
      }),
    );
  }

  /**
   * Tells the queue what changes. In the bucket's own properties, and not through CDK's custom resource,
   * whose function may change the notifications of every bucket. The bucket refuses a queue that does not
   * let it send, and the queue's policy cannot name a bucket that is not there: it names the account.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ways-to-add-notification-config-to-bucket.html
   */
  private notify(bucket: ImageBucket, queue: Queue): void {
    const { account, partition } = Stack.of(this);
    const allowed = queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Changes',
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:s3:::*` },
        },
      }),
    );
    const resource = bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket))
      throw new Error(`${bucket.node.path}: must be a bucket of this stack`);
    resource.notificationConfiguration = {
      queueConfigurations: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'].map((event) => ({
        event,
        queue: queue.queueArn,
      })),
    };
    if (allowed.policyDependable) resource.node.addDependency(allowed.policyDependable);
  }
}
