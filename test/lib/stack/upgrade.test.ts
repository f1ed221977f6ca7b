import { FULLEST } from '../operations/operated';
import { templateOf } from '../templates';

/**
 * Logical ids of the fullest stack of version 0.1.0 whose loss would lose data, change an address or break what an
 * engineer has written down. CloudFormation replaces a resource whose id changes.
 */
const KEPT = {
  'AWS::S3::Bucket': ['Images2D38C313', 'OperationsAccessLogsBucket457D1176'],
  'AWS::CloudFront::Distribution': ['Distribution830FAC52'],
  'AWS::CloudFront::KeyValueStore': ['CroppingSigningKeys58F511A0'],
  'AWS::CloudFront::OriginAccessControl': [
    'DistributionOrigin1S3OriginAccessControlEB606076',
    'DistributionOrigin2S3OriginAccessControlDC470594',
    'DistributionOrigin3S3OriginAccessControl9DA31435',
  ],
  'AWS::Logs::LogGroup': [
    'CroppingOriginResponseLogsDF372A62',
    'CroppingavatarsOriginResponseLogs7BF1A8E3',
    'CroppinglogosOriginResponseLogsA2965931',
    'OperationsAutoInvalidationLogB2385440',
  ],
  'AWS::Logs::DeliverySource': ['OperationsAccessLogsSourceEB03BB9A'],
  'AWS::SNS::Topic': ['OperationsAlarmsTopic963CE279'],
  'AWS::SQS::Queue': [
    'OperationsAutoInvalidationChangesC533AB4C',
    'OperationsAutoInvalidationDeadLettersCAA8485F',
  ],
  'AWS::CertificateManager::Certificate': ['DomainCertificate6242C448'],
  'AWS::Route53::RecordSet': ['DomainAimgexamplecom32B9258B', 'DomainAAAAimgexamplecom835EA314'],
} as const;

test('an upgrade keeps buckets, distribution, key store, log groups and what else holds data', () => {
  const template = templateOf(FULLEST);
  for (const [type, ids] of Object.entries(KEPT)) {
    expect(Object.keys(template.findResources(type))).toEqual(expect.arrayContaining([...ids]));
  }
});

test('a failed first deploy leaves no bucket, an update and a removal do', () => {
  for (const bucket of Object.values(templateOf(FULLEST).findResources('AWS::S3::Bucket'))) {
    expect(bucket).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  }
});
