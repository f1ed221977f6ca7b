import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { CdkCustomResourceEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { ensureLogGroup } from '../../../lambda/log-groups/cloudwatch-logs';
import { createHandler } from '../../../lambda/log-groups/handler';

const logs = mockClient(CloudWatchLogsClient);
beforeEach(() => logs.reset());

const handler = createHandler(ensureLogGroup);

const event = (RequestType: string, groups: readonly object[]) =>
  ({ RequestType, ResourceProperties: { groups, retentionDays: '90' } }) as unknown as CdkCustomResourceEvent;

/** What was asked of CloudWatch Logs: region, call, parameters. */
async function asked() {
  return Promise.all(
    logs
      .calls()
      .map(async ({ thisValue, args: [command] }) => [
        await (thisValue as CloudWatchLogsClient).config.region(),
        command.constructor.name,
        command.input,
      ]),
  );
}

test('every group is in each of its regions, with its retention, whether or not it was there', async () => {
  logs
    .on(CreateLogGroupCommand, { logGroupName: 'there' })
    .rejects(new ResourceAlreadyExistsException({ message: 'there', $metadata: {} }));
  const groups = [
    { name: 'there', regions: ['eu-west-1', 'sa-east-1'] },
    { name: 'new', regions: ['eu-west-1'] },
  ];
  expect(await handler(event('Create', groups))).toEqual({ PhysicalResourceId: 'edgecrop-log-groups' });
  const calls = await asked();
  for (const [region, logGroupName] of [
    ['eu-west-1', 'there'],
    ['eu-west-1', 'new'],
    ['sa-east-1', 'there'],
  ]) {
    expect(calls).toContainEqual([region, CreateLogGroupCommand.name, { logGroupName }]);
    expect(calls).toContainEqual([
      region,
      PutRetentionPolicyCommand.name,
      { logGroupName, retentionInDays: 90 },
    ]);
  }
  expect(calls).toHaveLength(6);
});

test('a region that refuses fails the deploy by name, and does not keep the others', async () => {
  const failing = createHandler(async (region, ...rest) => {
    if (region === 'sa-east-1') throw new Error('denied by the organization');
    return ensureLogGroup(region, ...rest);
  });
  const groups = [{ name: 'g', regions: ['sa-east-1', 'eu-west-1'] }];
  await expect(failing(event('Update', groups))).rejects.toThrow(
    'log groups: sa-east-1: Error: denied by the organization',
  );
  expect((await asked()).map(([region]) => region)).toEqual(['eu-west-1', 'eu-west-1']);
});

test('groups stay when the stack goes', async () => {
  await handler(event('Delete', [{ name: 'g', regions: ['eu-west-1'] }]));
  expect(logs.calls()).toEqual([]);
});
