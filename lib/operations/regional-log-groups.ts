import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, type AwsSdkCall, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { suppressFinding } from '../cropping/suppress-finding';

export interface RegionalLogGroupsProps {
  /** The group in us-east-1, whose name the replicas use everywhere. */
  readonly logGroup: ILogGroup;
  /** Where the function runs, beside us-east-1. At least one. */
  readonly regions: readonly string[];
  readonly retentionDays: number;
}

/**
 * The function's log group in other regions, made before the first replica makes one that never forgets.
 * They stay when the stack goes, and are empty once the retention has passed.
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
    // One role with one policy: a policy for each region would pass what a role holds.
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
      'CloudWatch Logs writes one group as its ARN with `:*` behind',
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
      // Without its policy the role may not, and CloudFormation does not see that by itself.
      create.node.addDependency(role);
      retain.node.addDependency(create);
    }
  }
}
