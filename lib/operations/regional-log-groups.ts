import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, type AwsSdkCall, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { suppressFinding } from '../cropping/suppress-finding';

export interface RegionalLogGroupsProps {
  /** The group in us-east-1; the replicas use its name everywhere. */
  readonly logGroup: ILogGroup;
  /** Where the function runs, beside us-east-1. At least one. */
  readonly regions: readonly string[];
  readonly retentionDays: number;
}

/**
 * The function's log group in other regions, created before the first replica creates one without retention.
 * They stay when the stack is deleted, and are empty when the retention has passed.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
export class RegionalLogGroups extends Construct {
  constructor(scope: Construct, id: string, props: RegionalLogGroupsProps) {
    super(scope, id);
    const { logGroupName } = props.logGroup;
    const ownLog = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // One role with one policy: a policy for each region would exceed the size that a role allows.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    ownLog.grantWrite(role);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
        resources: props.regions.map((region) =>
          Stack.of(this).formatArn({
            service: 'logs',
            region,
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
      'CloudWatch Logs writes the ARN of one group with a trailing `:*`',
    );

    for (const region of props.regions) {
      const call = (action: string, parameters: object): AwsSdkCall => ({
        service: 'CloudWatchLogs',
        action,
        region,
        parameters: { logGroupName, ...parameters },
        physicalResourceId: PhysicalResourceId.of(`${region}/${logGroupName}/${action}`),
      });
      const create = new AwsCustomResource(this, `Create-${region}`, {
        onUpdate: {
          ...call('createLogGroup', {}),
          ignoreErrorCodesMatching: 'ResourceAlreadyExistsException',
        },
        role,
        logGroup: ownLog,
        installLatestAwsSdk: false,
        resourceType: 'Custom::RegionalLogGroup',
      });
      const retain = new AwsCustomResource(this, `Retain-${region}`, {
        onUpdate: call('putRetentionPolicy', { retentionInDays: props.retentionDays }),
        role,
        logGroup: ownLog,
        installLatestAwsSdk: false,
        resourceType: 'Custom::RegionalLogRetention',
      });
      // CloudFormation does not know that the call needs the role's policy.
      create.node.addDependency(role);
      retain.node.addDependency(create);
    }
  }
}
