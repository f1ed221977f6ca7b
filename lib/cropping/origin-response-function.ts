import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Architecture, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionSettings } from '../../lambda/contract/settings';
import { builtFunctions } from './built-functions';
import { NODE_RUNTIME } from './node-runtime';
import { LIBHEIF, stagedCode } from './staged-code';
import { suppressFinding } from './suppress-finding';

export interface OriginResponseFunctionProps {
  /** Staged with the code, because a Lambda@Edge function cannot have environment variables. */
  readonly settings: FunctionSettings;
  /**
   * In megabytes.
   *
   * @default 1769 - the least that gives a whole vCPU:
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  readonly memorySize?: number | undefined;
  /**
   * How many days the log in us-east-1 is kept.
   *
   * @default 30
   */
  readonly logRetentionDays?: RetentionDays | undefined;
}

/**
 * The function that renders. A test checks every property, because the CDK itself checks only that an edge
 * function has no environment; anything else would fail at deploy.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
export class OriginResponseFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: OriginResponseFunctionProps) {
    const { folder, contents } = builtFunctions();
    super(scope, id, {
      description: 'edgecrop: renders the crop that a URL names (CloudFront origin-response)',
      code: stagedCode(
        join(folder, 'origin-response'),
        contents.originResponse,
        props.settings,
        props.settings.heic ? [] : [LIBHEIF],
      ),
      handler: 'index.handler',
      runtime: NODE_RUNTIME,
      architecture: Architecture.X86_64,
      memorySize: props.memorySize ?? 1769,
      timeout: Duration.seconds(30),
      // Replicas in other regions write to a group of the same name there.
      logGroup: new LogGroup(scope, `${id}Logs`, {
        retention: props.logRetentionDays ?? RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      // A version that CloudFront has replicated cannot be deleted for hours, and every code change drops one:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.applyRemovalPolicy(RemovalPolicy.RETAIN);
    suppressFinding(
      this,
      'AwsSolutions-IAM4',
      'replicas create and write the log group in whatever region they run',
    );
  }
}
