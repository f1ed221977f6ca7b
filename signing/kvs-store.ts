// Without this import the client has no way to sign for all regions at once.
import '@aws-sdk/signature-v4a';
import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { UserError } from '../errors/user-error';
import type { KeyStore } from './key-store';

/**
 * The KeyValueStore of a deployed stack.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions-kvp.html
 *
 * @param arn as the stack's output SigningKeysArn tells it
 * @param client for tests
 */
export function createKvsStore(
  arn: string,
  client: CloudFrontKeyValueStoreClient = new CloudFrontKeyValueStoreClient({ region: 'us-east-1' }),
): KeyStore {
  const key = async (name: 'current' | 'previous'): Promise<string | undefined> => {
    try {
      return (await client.send(new GetKeyCommand({ KvsARN: arn, Key: name }))).Value;
    } catch (error) {
      if (nameOf(error) === 'ResourceNotFoundException') return undefined;
      throw explained(arn, error);
    }
  };
  return {
    name: arn,
    read: async () => {
      let version: string | undefined;
      try {
        version = (await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }))).ETag;
      } catch (error) {
        throw explained(arn, error);
      }
      if (version === undefined) throw new UserError(`${arn}: the store tells no version`);
      const current = await key('current');
      const previous = await key('previous');
      const keys =
        current === undefined ? undefined : { current, ...(previous !== undefined && { previous }) };
      return { keys, version };
    },
    write: async (keys, version) => {
      const { current, previous } = keys;
      const puts = [
        { Key: 'current', Value: current },
        ...(previous === undefined ? [] : [{ Key: 'previous', Value: previous }]),
      ];
      try {
        await client.send(
          new UpdateKeysCommand({
            KvsARN: arn,
            IfMatch: version,
            Puts: puts,
            ...(previous === undefined && { Deletes: [{ Key: 'previous' }] }),
          }),
        );
      } catch (error) {
        throw explained(arn, error);
      }
    },
  };
}

function explained(arn: string, error: unknown): UserError {
  const name = nameOf(error);
  const hints: Readonly<Record<string, string>> = {
    ConflictException: 'it was changed meanwhile by somebody else; run it again',
    ResourceNotFoundException: 'there is no such store; see the output SigningKeysArn of the stack',
    AccessDeniedException:
      'the credentials may not use it; allow cloudfront-keyvaluestore:DescribeKeyValueStore, GetKey and UpdateKeys',
  };
  const message = error instanceof Error ? error.message : String(error);
  return new UserError(`${arn}: ${hints[name] ?? `${name}: ${message}`}`, { cause: error });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
