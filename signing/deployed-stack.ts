import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UserError } from '../errors/user-error';

/**
 * Finds the KeyValueStore of a deployed stack.
 *
 * @param client for tests
 * @throws UserError where there is no such stack, or one without signing
 */
export async function findSigningKeysArn(
  stack: string,
  client: CloudFormationClient = new CloudFormationClient({ region: 'us-east-1' }),
): Promise<string> {
  let outputs: readonly { readonly OutputKey?: string; readonly OutputValue?: string }[];
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    outputs = Stacks?.[0]?.Outputs ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new UserError(
      `the stack ${stack} can't be read (${reason}); name the store: --kvs ARN, or --file FILE`,
      {
        cause: error,
      },
    );
  }
  const arn = outputs.find(({ OutputKey }) => OutputKey === 'SigningKeysArn')?.OutputValue;
  if (arn === undefined) {
    throw new UserError(
      `the stack ${stack} has no SigningKeysArn; deploy it with "signing": true in cdk.json`,
    );
  }
  return arn;
}
