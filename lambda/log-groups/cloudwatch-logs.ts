import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { EnsureLogGroup } from './handler';

/** Twenty-five groups in a region are fifty calls, of which AWS takes some ten a second. */
const ATTEMPTS = 8;

/** Creates a log group, or keeps the one that is there. The only file here that knows the AWS SDK. */
export const ensureLogGroup: EnsureLogGroup = async (region, logGroupName, retentionInDays) => {
  const client = new CloudWatchLogsClient({ region, maxAttempts: ATTEMPTS });
  try {
    await client.send(new CreateLogGroupCommand({ logGroupName }));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
  await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  client.destroy();
};
