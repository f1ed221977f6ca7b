import '@aws-sdk/signature-v4a';
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
import { UserError } from '../errors/user-error';
import { EVENTS } from './events';
import type { AccountFacts, DeploymentFacts, Read, Utilisation } from './facts';

/** The stack, the distribution and all that CloudFront keeps are here. */
const US_EAST_1 = { region: 'us-east-1' };

/** Reads, and changes nothing: a function is tried with TestFunction, which deploys nothing. */
export async function readAccount(regions: readonly string[]): Promise<AccountFacts> {
  const concurrency = await Promise.all(
    regions.map(async (region) => [region, await attempt(() => readConcurrency(region))] as const),
  );
  return {
    concurrency: Object.fromEntries(concurrency),
    cachePolicies: await attempt(async () => {
      const { CachePolicyList } = await new CloudFrontClient(US_EAST_1).send(
        new ListCachePoliciesCommand({ Type: 'custom' }),
      );
      return CachePolicyList?.Quantity ?? 0;
    }),
    bootstrapped: await attempt(isBootstrapped),
  };
}

async function readConcurrency(region: string): Promise<number> {
  const { AccountLimit } = await new LambdaClient({ region }).send(new GetAccountSettingsCommand({}));
  return AccountLimit?.ConcurrentExecutions ?? 0;
}

async function isBootstrapped(): Promise<boolean> {
  try {
    await new CloudFormationClient(US_EAST_1).send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
    return true;
  } catch (error) {
    if (isMissingStack(error)) return false;
    throw error;
  }
}

interface StackParts {
  readonly outputs: Readonly<Record<string, string>>;
  /** Physical ids, by type. */
  readonly resources: (type: string) => readonly string[];
}

/** @returns undefined where there is no such stack */
async function readStack(name: string): Promise<StackParts | undefined> {
  const client = new CloudFormationClient(US_EAST_1);
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: name }));
    return {
      outputs: Object.fromEntries(
        (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      ),
      resources: (type) =>
        StackResources.filter(({ ResourceType }) => ResourceType === type).flatMap(
          ({ PhysicalResourceId }) => PhysicalResourceId ?? [],
        ),
    };
  } catch (error) {
    if (isMissingStack(error)) return undefined;
    throw new UserError(`the stack ${name} can't be read: ${describe(error)}`, { cause: error });
  }
}

/**
 * Reads what is deployed.
 *
 * @param picture the path of an original, to ask for a crop of it
 * @returns undefined where there is no such stack
 * @throws UserError where the stack cannot be read
 */
export async function readDeployment(
  stackName: string,
  picture: string | undefined,
  ask: typeof fetch = fetch,
): Promise<DeploymentFacts | undefined> {
  const stack = await readStack(stackName);
  if (stack === undefined) return undefined;
  const { outputs, resources } = stack;
  const domainName = new URL(outputs.DistributionUrl ?? 'https://unknown.invalid').hostname;
  const { SigningKeysArn, AlarmTopicArn, AccessLogsBucketName } = outputs;
  const functions = await Promise.all(
    resources('AWS::CloudFront::Function').map(async (id) => {
      // CloudFormation knows a function by its ARN, CloudFront by its name.
      const name = id.split('/').at(-1) ?? id;
      return [name, await attempt(() => testFunction(name))] as const;
    }),
  );
  return {
    domainName,
    status: await attempt(() => readStatus(resources('AWS::CloudFront::Distribution')[0])),
    utilisation: Object.fromEntries(functions),
    ...(SigningKeysArn && { signingKey: await attempt(() => hasKey(SigningKeysArn)) }),
    ...(AlarmTopicArn && { confirmedSubscriptions: await attempt(() => countSubscriptions(AlarmTopicArn)) }),
    ...(AccessLogsBucketName && { accessLog: await attempt(() => findLog(AccessLogsBucketName)) }),
    ...(picture && { crop: await attempt(() => askForCrop(ask, domainName, picture)) }),
  };
}

async function readStatus(id: string | undefined): Promise<string> {
  const { Distribution } = await new CloudFrontClient(US_EAST_1).send(new GetDistributionCommand({ Id: id }));
  return Distribution?.Status ?? 'unknown';
}

async function testFunction(name: string): Promise<readonly Utilisation[]> {
  const client = new CloudFrontClient(US_EAST_1);
  const { ETag } = await client.send(new DescribeFunctionCommand({ Name: name, Stage: 'LIVE' }));
  const tests: Utilisation[] = [];
  for (const [event, body] of Object.entries(EVENTS)) {
    const { TestResult } = await client.send(
      new TestFunctionCommand({
        Name: name,
        IfMatch: ETag,
        Stage: 'LIVE',
        EventObject: Buffer.from(JSON.stringify(body)),
      }),
    );
    const error = TestResult?.FunctionErrorMessage;
    tests.push({ event, percent: Number(TestResult?.ComputeUtilization), ...(error && { error }) });
  }
  return tests;
}

async function hasKey(KvsARN: string): Promise<boolean> {
  try {
    await new CloudFrontKeyValueStoreClient(US_EAST_1).send(new GetKeyCommand({ KvsARN, Key: 'current' }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
}

async function countSubscriptions(TopicArn: string): Promise<number> {
  const { Subscriptions = [] } = await new SNSClient(US_EAST_1).send(
    new ListSubscriptionsByTopicCommand({ TopicArn }),
  );
  // One that waits has the words PendingConfirmation for an ARN.
  return Subscriptions.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:')).length;
}

async function findLog(Bucket: string): Promise<string | undefined> {
  const { Contents } = await new S3Client(US_EAST_1).send(
    new ListObjectsV2Command({ Bucket, Prefix: 'AWSLogs/', MaxKeys: 1 }),
  );
  return Contents?.[0]?.Key;
}

async function askForCrop(ask: typeof fetch, domainName: string, picture: string) {
  const response = await ask(`https://${domainName}${picture}?t=A&w=32&h=32`, { redirect: 'manual' });
  return { status: response.status, cropStatus: response.headers.get('crop-status') ?? undefined };
}

async function attempt<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { kind: 'read', value: await read() };
  } catch (error) {
    return { kind: 'unread', reason: `could not be read: ${describe(error)}` };
  }
}

function isMissingStack(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
