import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { builtFunctions } from '../cropping/built-functions';
import { NODE_RUNTIME } from '../cropping/node-runtime';
import { stagedCode } from '../cropping/staged-code';

const TIMEOUT = Duration.seconds(30);
const BATCHING_WINDOW = Duration.seconds(20);

export interface AutoInvalidationProps {
  /** Created by this stack: a bucket has one list of notifications, which belongs to its owner. */
  readonly bucket: Bucket;
  /** The folders of the bucket in which paths of URLs begin; the empty string is the whole bucket. */
  readonly originPaths: readonly string[];
  readonly distribution: IDistribution;
}

/** Purges an image and its crops from the cache when the image is replaced or removed. */
export class AutoInvalidation extends Construct {
  /** Changes that failed to be purged ten times, kept for two weeks. */
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
    const { folder, contents } = builtFunctions();
    const invalidate = new LambdaFunction(this, 'Function', {
      description: 'edgecrop: purges pictures that were replaced or removed',
      code: stagedCode(join(folder, 'invalidate'), contents.invalidate),
      handler: 'index.handler',
      runtime: NODE_RUNTIME,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: TIMEOUT,
      environment: {
        DISTRIBUTION_ID: props.distribution.distributionId,
        ORIGIN_PATHS: JSON.stringify(props.originPaths),
      },
      logGroup,
      role,
    });
    invalidate.addEventSource(
      new SqsEventSource(changes, {
        batchSize: 1000,
        maxBatchingWindow: BATCHING_WINDOW,
        reportBatchItemFailures: true,
        // The least that Lambda allows, and enough for CloudFront's limit. Reserved concurrency would use up
        // what new accounts have little of.
        // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
        maxConcurrency: 2,
      }),
    );
  }

  /**
   * Notifies the queue of changes. In the bucket's own properties, not through the CDK's custom resource, whose
   * function could change the notifications of every bucket. S3 refuses a queue that does not let the bucket
   * send, and the queue's policy cannot name a bucket that does not exist yet, so it names the account.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ways-to-add-notification-config-to-bucket.html
   */
  private notify(bucket: Bucket, queue: Queue): void {
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
    if (!(resource instanceof CfnBucket)) {
      throw new Error(`${bucket.node.path}: must be a bucket that the stack creates`);
    }
    resource.notificationConfiguration = {
      queueConfigurations: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'].map((event) => ({
        event,
        queue: queue.queueArn,
      })),
    };
    if (allowed.policyDependable) resource.node.addDependency(allowed.policyDependable);
  }
}
