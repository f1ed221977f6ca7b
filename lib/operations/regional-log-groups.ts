import { join } from 'node:path';
import { ArnFormat, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { builtFunctions } from '../cropping/built-functions';
import { NODE_RUNTIME } from '../cropping/node-runtime';
import { stagedCode } from '../cropping/staged-code';
import { suppressFinding } from '../cropping/suppress-finding';

/** A function's log group, and where the function runs. */
export interface RegionalLogGroup {
  /** The group in us-east-1, whose name the replicas use everywhere. */
  readonly logGroup: ILogGroup;
  /** The regions besides us-east-1. */
  readonly regions: readonly string[];
}

export interface RegionalLogGroupsProps {
  readonly groups: readonly RegionalLogGroup[];
  readonly retentionDays: number;
}

/**
 * The functions' log groups in other regions, created before the first replica creates one without retention. One
 * resource ensures all of them: a stack holds 500 resources, and 24 path patterns have 300 groups.
 * They stay when the stack is deleted, and are empty when the retention has passed.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
export class RegionalLogGroups extends Construct {
  constructor(scope: Construct, id: string, { groups, retentionDays }: RegionalLogGroupsProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
        // By name and in every region: an ARN for each region would pass what a role's policies may hold.
        resources: groups.map(({ logGroup: { logGroupName } }) =>
          Stack.of(this).formatArn({
            service: 'logs',
            region: '*',
            resource: 'log-group',
            // CloudWatch Logs writes the ARN of a group with `:*` in policies:
            // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
            resourceName: `${logGroupName}:*`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ),
      }),
    );
    suppressFinding(
      role,
      'AwsSolutions-IAM5',
      'one group by its name, in every region where the function may run',
    );

    const { folder, contents } = builtFunctions();
    const ensure = new LambdaFunction(this, 'Function', {
      description: 'edgecrop: ensures log groups in the regions where functions run',
      code: stagedCode(join(folder, 'log-groups'), contents.logGroups),
      handler: 'index.handler',
      runtime: NODE_RUNTIME,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.minutes(5),
      logGroup,
      role,
    });
    const provider = new Provider(this, 'Provider', { onEventHandler: ensure, logGroup });
    suppressFinding(provider, 'AwsSolutions-IAM4', "the framework's role writes its own log");
    suppressFinding(provider, 'AwsSolutions-IAM5', 'the framework calls one function in any of its versions');
    suppressFinding(provider, 'AwsSolutions-L1', "the framework's runtime is the CDK's choice");
    const ensured = new CustomResource(this, 'Groups', {
      serviceToken: provider.serviceToken,
      resourceType: 'Custom::EdgecropLogGroups',
      properties: {
        groups: groups.map(({ logGroup: { logGroupName: name }, regions }) => ({ name, regions })),
        retentionDays,
      },
    });
    // Without its policy the role may not, and CloudFormation does not see that by itself.
    ensured.node.addDependency(role);
  }
}
