import { Match } from 'aws-cdk-lib/assertions';
import { propertiesOf, templateOf } from '../templates';
import { FULLEST } from './operated';

const FULL = templateOf(FULLEST);

describe('access logs', () => {
  test('are delivered as JSON, without addresses of viewers', () => {
    FULL.hasResourceProperties('AWS::Logs::DeliverySource', { LogType: 'ACCESS_LOGS' });
    FULL.hasResourceProperties('AWS::Logs::DeliveryDestination', { OutputFormat: 'json' });
    const [delivery] = Object.values(FULL.findResources('AWS::Logs::Delivery'));
    const fields: string[] = delivery?.Properties.RecordFields;
    expect(fields).toEqual(
      expect.arrayContaining([
        'date',
        'time',
        'cs-uri-stem',
        'cs-uri-query',
        'sc-status',
        'x-edge-result-type',
      ]),
    );
    for (const personal of ['c-ip', 'x-forwarded-for', 'cs(Cookie)', 'c-port']) {
      expect(fields).not.toContain(personal);
    }
  });

  test('are put under a prefix that an update of the delivery keeps', () => {
    const [destination] = propertiesOf(FULL, 'AWS::Logs::DeliveryDestination');
    const text = JSON.stringify(destination?.DestinationResourceArn);
    expect(text).toMatch(/"\/AWSLogs\/",\{"Ref":"AWS::AccountId"\},"\/CloudFront"\]/);
    // The property is replaced on a change, so the new destination needs another name than the old.
    const [source] = propertiesOf(FULL, 'AWS::Logs::DeliverySource');
    expect(destination?.Name).not.toBe(source?.Name);
  });

  test('may be written by the delivery of this distribution alone, and go after 90 days', () => {
    const [source] = Object.values(FULL.findResources('AWS::Logs::DeliverySource'));
    FULL.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 's3:PutObject',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Condition: {
              StringEquals: {
                's3:x-amz-acl': 'bucket-owner-full-control',
                'aws:SourceAccount': { Ref: 'AWS::AccountId' },
              },
              ArnEquals: {
                'aws:SourceArn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:aws:logs:us-east-1:',
                      { Ref: 'AWS::AccountId' },
                      `:delivery-source:${source?.Properties.Name}`,
                    ],
                  ],
                },
              },
            },
          }),
        ]),
      },
    });
    FULL.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90, Status: 'Enabled' })] },
    });
  });
});
