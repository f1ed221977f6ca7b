import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudFrontClient,
  DescribeFunctionCommand,
  GetDistributionCommand,
  ListCachePoliciesCommand,
  TestFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient, GetKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { readAccount, readDeployment } from '../../doctor/aws';

const cloudFormation = mockClient(CloudFormationClient);
const cloudFront = mockClient(CloudFrontClient);
const kvs = mockClient(CloudFrontKeyValueStoreClient);
const lambda = mockClient(LambdaClient);
const s3 = mockClient(S3Client);
const sns = mockClient(SNSClient);
const clients = [cloudFormation, cloudFront, kvs, lambda, s3, sns];
beforeEach(() => {
  for (const client of clients) client.reset();
});

function failure(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

const NO_STACK = failure('ValidationError', 'Stack with id X does not exist');

test('an account: a quota by region, and what may not be read', async () => {
  lambda
    .on(GetAccountSettingsCommand)
    .resolvesOnce({ AccountLimit: { ConcurrentExecutions: 10 } })
    .rejects(failure('AccessDeniedException', 'not yours'));
  cloudFront.on(ListCachePoliciesCommand, { Type: 'custom' }).resolves({
    CachePolicyList: { Quantity: 3, MaxItems: 100 },
  });
  cloudFormation.on(DescribeStacksCommand, { StackName: 'CDKToolkit' }).rejects(NO_STACK);
  expect(await readAccount(['us-east-1', 'eu-west-1'])).toEqual({
    concurrency: {
      'us-east-1': { kind: 'read', value: 10 },
      'eu-west-1': { kind: 'unread', reason: 'could not be read: AccessDeniedException: not yours' },
    },
    cachePolicies: { kind: 'read', value: 3 },
    bootstrapped: { kind: 'read', value: false },
  });
});

test('no stack is no deployment; one that may not be read is an error in one line', async () => {
  cloudFormation
    .on(DescribeStacksCommand)
    .rejectsOnce(NO_STACK)
    .rejects(failure('AccessDenied', 'not yours'));
  expect(await readDeployment('Edgecrop', undefined)).toBeUndefined();
  await expect(readDeployment('Edgecrop', undefined)).rejects.toThrow(
    "the stack Edgecrop can't be read: AccessDenied: not yours",
  );
});

test('a deployment: every function is tried with three events, and nothing is written', async () => {
  const output = (OutputKey: string, OutputValue: string) => ({ OutputKey, OutputValue });
  cloudFormation.on(DescribeStacksCommand).resolves({
    Stacks: [
      {
        StackName: 'Edgecrop',
        CreationTime: new Date(0),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [
          output('DistributionUrl', 'https://d111111abcdef8.cloudfront.net/'),
          output('SigningKeysArn', 'arn:kvs'),
          output('AlarmTopicArn', 'arn:topic'),
          output('AccessLogsBucketName', 'logs'),
        ],
      },
    ],
  });
  const resource = (ResourceType: string, PhysicalResourceId: string) => ({
    ...{
      ResourceType,
      PhysicalResourceId,
      LogicalResourceId: 'L',
      ResourceStatus: 'CREATE_COMPLETE' as const,
    },
    Timestamp: new Date(0),
  });
  cloudFormation.on(DescribeStackResourcesCommand).resolves({
    StackResources: [
      resource('AWS::CloudFront::Distribution', 'E1'),
      resource('AWS::CloudFront::Function', 'arn:aws:cloudfront::123456789012:function/viewer'),
    ],
  });
  cloudFront
    .on(GetDistributionCommand, { Id: 'E1' })
    .resolves({ Distribution: { Status: 'Deployed' } as never });
  cloudFront.on(DescribeFunctionCommand, { Name: 'viewer', Stage: 'LIVE' }).resolves({ ETag: 'tag' });
  cloudFront
    .on(TestFunctionCommand, { Name: 'viewer', IfMatch: 'tag', Stage: 'LIVE' })
    .resolves({ TestResult: { ComputeUtilization: '14' } });
  kvs.on(GetKeyCommand, { KvsARN: 'arn:kvs', Key: 'current' }).rejects(failure('ResourceNotFoundException'));
  sns.on(ListSubscriptionsByTopicCommand, { TopicArn: 'arn:topic' }).resolves({
    Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }],
  });
  s3.on(ListObjectsV2Command, { Bucket: 'logs', Prefix: 'AWSLogs/' }).resolves({
    Contents: [{ Key: 'AWSLogs/1/CloudFront/x.gz' }],
  });
  const ask = async (url: unknown) => {
    expect(url).toBe('https://d111111abcdef8.cloudfront.net/cat.jpg?t=A&w=32&h=32');
    return new Response('', { headers: { 'crop-status': 'rendered;size=32x32' } });
  };

  expect(await readDeployment('Edgecrop', '/cat.jpg', ask)).toEqual({
    domainName: 'd111111abcdef8.cloudfront.net',
    status: { kind: 'read', value: 'Deployed' },
    utilisation: {
      viewer: {
        kind: 'read',
        value: ['plain', 'all-parameters', 'longest'].map((event) => ({ event, percent: 14 })),
      },
    },
    signingKey: { kind: 'read', value: false },
    confirmedSubscriptions: { kind: 'read', value: 0 },
    accessLog: { kind: 'read', value: 'AWSLogs/1/CloudFront/x.gz' },
    crop: { kind: 'read', value: { status: 200, cropStatus: 'rendered;size=32x32' } },
  });
  const commands = clients.flatMap((client) => client.calls().map(({ args }) => args[0].constructor.name));
  expect(commands.filter((name) => !/^(Describe|Get|List|TestFunction)/.test(name))).toEqual([]);
});
