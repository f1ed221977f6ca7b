import { Match } from 'aws-cdk-lib/assertions';
import { templateOf } from '../templates';
import { FULLEST } from './operated';

const FULL = templateOf(FULLEST);

describe('purging what was replaced', () => {
  test('S3 tells a queue, whose policy is there before the bucket is told', () => {
    const [[policy] = []] = Object.entries(
      FULL.findResources('AWS::SQS::QueuePolicy', {
        Properties: {
          PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'Changes' })]) },
        },
      }),
    );
    FULL.hasResource('AWS::S3::Bucket', {
      Properties: {
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Queue: { 'Fn::GetAtt': [Match.stringLikeRegexp('Changes'), 'Arn'] },
            },
            {
              Event: 's3:ObjectRemoved:*',
              Queue: { 'Fn::GetAtt': [Match.stringLikeRegexp('Changes'), 'Arn'] },
            },
          ],
        },
      },
      DependsOn: Match.arrayWith([policy]),
    });
  });

  test('a batch goes to a function that may purge this distribution', () => {
    FULL.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 20,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    FULL.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 200,
      SqsManagedSseEnabled: true,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 10 }),
    });
  });

  test('is refused for a bucket of somebody else', () => {
    const bucket = { name: 'theirs', region: 'us-east-1' };
    expect(() => templateOf({ bucket, autoInvalidate: true })).toThrow(
      'edgecrop.autoInvalidate: got true, allowed: only with a bucket that this stack creates',
    );
  });
});
