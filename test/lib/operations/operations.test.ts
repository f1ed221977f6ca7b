import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EDGE_REGIONS } from '../../../lib/configuration/edge-regions';
import type { StackOptions } from '../../../lib/configuration/options';
import { CropAlarmsStack } from '../../../lib/operations/crop-alarms';
import { shieldRegionOf } from '../../../lib/operations/operations';
import { permissionFindings } from '../../support/template/permissions';
import { specificationFindings } from '../../support/template/specification';
import type { CloudFormationTemplate } from '../../support/template/template';
import { propertiesOf, saidOf, stackOf, templateOf, withoutHashes } from '../templates';
import { FULLEST, FULLEST_UNSHIELDED } from './operated';

const SMALLEST = templateOf();
const FULL = templateOf(FULLEST);
const UNSHIELDED = templateOf(FULLEST_UNSHIELDED);

const config = (template: Template) =>
  Object.values(template.findResources('AWS::CloudFront::Distribution'))[0]?.Properties.DistributionConfig;

const typesOf = (template: Template) =>
  new Set(
    Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type),
  );

test('nothing that costs is on unless it is asked for', () => {
  expect([...typesOf(SMALLEST)].sort()).toEqual([
    'AWS::CloudFront::CachePolicy',
    'AWS::CloudFront::Distribution',
    'AWS::CloudFront::Function',
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CloudFront::ResponseHeadersPolicy',
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Lambda::Version',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
  ]);
  expect(config(SMALLEST)).not.toHaveProperty('WebACLId');
  expect(config(SMALLEST).Origins[0]).not.toHaveProperty('OriginShield');
});

describe('Origin Shield', () => {
  test.each<[StackOptions['originShield'], string]>([
    [true, 'us-east-1'],
    ['eu-west-2', 'eu-west-2'],
  ])('%s', (originShield, region) => {
    expect(config(templateOf({ originShield })).Origins[0].OriginShield).toEqual({
      Enabled: true,
      OriginShieldRegion: region,
    });
  });

  test.each(['eu-west-3', 'yes', 1])('is not %j', (originShield) => {
    expect(() => templateOf({ originShield } as never)).toThrow(
      `edgecrop.originShield: got ${JSON.stringify(originShield)}, allowed: true, false or one of us-east-1, us-east-2,`,
    );
  });

  test('follows the bucket', () => {
    const stack = new Stack(stackOf().node.root as never, 'Other', { env: { region: 'us-east-1' } });
    const bucket = Bucket.fromBucketAttributes(stack, 'Bucket', {
      bucketName: 'theirs',
      region: 'eu-west-3',
    });
    expect(shieldRegionOf({ originShield: true }, bucket)).toBe('eu-west-2');
  });
});

describe('the web ACL', () => {
  test('stands before the distribution', () => {
    expect(config(FULL).WebACLId).toBe(FULLEST.webAclArn);
  });

  test.each([
    FULLEST.webAclArn.replace('us-east-1', 'eu-west-1'),
    FULLEST.webAclArn.replace('global', 'regional'),
    'arn:aws:waf::123456789012:webacl/11111111-2222-3333-4444-555555555555',
  ])('is not %s', (webAclArn) => {
    expect(() => templateOf({ webAclArn })).toThrow(
      /^edgecrop\.webAclArn: got "arn:.*, allowed: a web ACL of WAFv2 for CloudFront/,
    );
  });
});

describe('logs of the function', () => {
  test('are kept as long as it says', () => {
    templateOf({ logRetention: { days: 7 } }).hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 7,
    });
    expect(() => templateOf({ logRetention: { days: 31 } } as never)).toThrow(
      /^edgecrop\.logRetention\.days: got 31, allowed: one of 1, 3, 5, 7, 14, 30, /,
    );
  });

  /** The groups that one resource ensures, with the regions of each. */
  const ensured = (template: Template) => {
    const [ensure, ...others] = Object.values(template.findResources('Custom::EdgecropLogGroups'));
    expect(others).toEqual([]);
    const groups: readonly { name: { Ref: string }; regions: readonly string[] }[] =
      ensure?.Properties.groups ?? [];
    return groups.map(({ name, regions }) => [name.Ref, regions] as const);
  };

  test('exist everywhere before the function runs there, and forget: one resource for all of them', () => {
    const elsewhere = EDGE_REGIONS.filter((region) => region !== 'us-east-1');
    // For the function of each path pattern.
    const groups = ensured(UNSHIELDED);
    expect(groups).toHaveLength(3);
    for (const [name, regions] of groups) {
      expect(name).toContain('OriginResponseLogs');
      expect(regions).toEqual(elsewhere);
    }
    UNSHIELDED.hasResourceProperties('Custom::EdgecropLogGroups', { retentionDays: 90 });
    UNSHIELDED.resourceCountIs('Custom::RegionalLogGroup', 0);
  });

  test('may be ensured by the role of the function that does it, each of them', () => {
    const [role] = Object.entries(UNSHIELDED.findResources('AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('OperationsLogGroupsRole'),
    );
    const statement = role?.[1].Properties.PolicyDocument.Statement.find(({ Action }: { Action: unknown }) =>
      JSON.stringify(Action).includes('logs:PutRetentionPolicy'),
    );
    expect(statement.Action).toEqual(['logs:CreateLogGroup', 'logs:PutRetentionPolicy']);
    for (const [name] of ensured(UNSHIELDED)) expect(JSON.stringify(statement.Resource)).toContain(name);
    expect(JSON.stringify(statement.Resource)).toContain(':logs:*:');
  });

  test('with Origin Shield exist where it is, and in us-east-1 need nothing', () => {
    FULL.resourceCountIs('Custom::EdgecropLogGroups', 0);
    const shielded = templateOf({ originShield: 'sa-east-1', logRetention: { everyRegion: true } });
    expect(ensured(shielded).map(([, regions]) => regions)).toEqual([['sa-east-1']]);
  });
});

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

describe('the dashboard', () => {
  const body = (template: Template) => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    return JSON.stringify(dashboard?.Properties.DashboardBody);
  };

  test('shows every region that the function can run in', () => {
    for (const region of EDGE_REGIONS) expect(body(UNSHIELDED)).toContain(region);
    expect(body(FULL)).not.toContain('eu-west-1');
    expect(body(FULL)).toContain('us-east-1');
  });
});

describe('alarms', () => {
  const alarmsOf = (template: Template) =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => [
      Properties.AlarmDescription,
      Properties.Threshold,
    ]);

  const UNPURGED = ['edgecrop: changed pictures that could not be purged (docs/purging.md)', 1];
  const CLOUDFRONT = [
    ['edgecrop: viewers get 5xx, % of requests', 1],
    ['edgecrop: viewers get 4xx, % of requests', 20],
    ['edgecrop: errors of the viewer-request function', 1],
    ['edgecrop: CloudFront throttles the viewer-request function', 1],
    ['edgecrop: time of the viewer-request function, % of what it has', 70],
  ];
  const FUNCTION = [
    ['edgecrop: errors of the function that renders, in us-east-1', 1],
    ['edgecrop: throttles of the function that renders, in us-east-1', 1],
  ];
  const CROPS = [
    ['edgecrop: originals in place of crops, %', 20],
    ["edgecrop: originals in place of crops, for reasons that are not the picture's, %", 2],
    ['edgecrop: render time, p99 in ms', 8000],
  ];

  test('watch crops with Origin Shield, and what CloudFront and Lambda count in us-east-1 always', () => {
    expect(new Set(alarmsOf(FULL))).toEqual(new Set([UNPURGED, ...CLOUDFRONT, ...FUNCTION, ...CROPS]));
    expect(new Set(alarmsOf(UNSHIELDED))).toEqual(new Set([UNPURGED, ...CLOUDFRONT, ...FUNCTION]));
    expect(new Set(alarmsOf(templateOf({ alarms: {} })))).toEqual(new Set([...CLOUDFRONT, ...FUNCTION]));
    FULL.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/CloudFront',
      MetricName: '5xxErrorRate',
      Statistic: 'Average',
      Dimensions: Match.arrayWith([{ Name: 'Region', Value: 'Global' }]),
      TreatMissingData: 'notBreaching',
    });
  });

  test('watch crops where Origin Shield is: in a stack of that region, which tells the same address', () => {
    const stack = stackOf({
      originShield: 'eu-central-1',
      alarms: { email: 'ops@example.com', renderTime: 3000 },
    });
    const [inShieldRegion, ...others] = stack.node
      .findAll()
      .filter((child) => child instanceof CropAlarmsStack);
    expect(others).toEqual([]);
    expect(inShieldRegion?.region).toBe('eu-central-1');
    const template = Template.fromStack(inShieldRegion!);
    expect(alarmsOf(template)).toEqual(
      CROPS.map(([what, threshold]) => [what, threshold === 8000 ? 3000 : threshold]),
    );
    template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'ops@example.com' });
    expect(permissionFindings(template.toJSON() as CloudFormationTemplate)).toEqual([]);
    expect(specificationFindings(template.toJSON() as CloudFormationTemplate)).toEqual([]);
    // Nothing refers to the other stack: there is no reference from one region to another.
    expect(JSON.stringify(template.toJSON())).not.toContain('Fn::ImportValue');
    expect(new Set(alarmsOf(Template.fromStack(stack)))).toEqual(new Set(CLOUDFRONT));
  });

  test('say at synth what is not watched', () => {
    expect(saidOf(stackOf({ alarms: {} })).join()).toContain(
      'their errors and throttles are watched in us-east-1 only, and their fallbacks, failures and render time nowhere',
    );
    expect(saidOf(stackOf({ alarms: {}, originShield: 'eu-west-1' })).join()).toContain(
      'are the stack Edgecrop-alarms-eu-west-1 there; deploy with: npx cdk deploy --all',
    );
    expect(saidOf(stackOf({ alarms: {}, originShield: true })).join()).not.toContain('edgecrop.alarms');
  });

  test('publish to a topic that lets them', () => {
    FULL.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          }),
        ]),
      },
    });
  });

  test('hold no metric of another region, and no more than ten', () => {
    for (const { Properties } of Object.values(FULL.findResources('AWS::CloudWatch::Alarm'))) {
      const metrics = (Properties.Metrics ?? []) as { MetricStat?: object }[];
      expect(metrics.filter(({ MetricStat }) => MetricStat).length).toBeLessThanOrEqual(10);
      expect(JSON.stringify(metrics)).not.toContain('"Region":');
    }
  });

  test('tell an e-mail address', () => {
    FULL.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
    templateOf({ alarms: {} }).resourceCountIs('AWS::SNS::Subscription', 0);
    expect(() => templateOf({ alarms: { email: 'ops' } })).toThrow(
      'edgecrop.alarms.email: got "ops", allowed: an e-mail address',
    );
  });

  test('take other thresholds, where they can be watched', () => {
    const alarms = { serverErrors: 5, clientErrors: 30, renderTime: 3000 };
    const thresholds = alarmsOf(templateOf({ originShield: true, alarms })).map(([, threshold]) => threshold);
    expect(thresholds).toEqual(expect.arrayContaining([5, 30, 20, 2, 3000]));
    expect(() => templateOf({ alarms })).toThrow(
      'edgecrop.alarms.renderTime: got 3000, allowed: only with originShield',
    );
  });

  test('on crops are not there without metrics of the function', () => {
    const off = { originShield: true, metrics: false };
    const names = alarmsOf(templateOf({ ...off, alarms: {} })).map(([name]) => name);
    expect(names).toContain('edgecrop: viewers get 5xx, % of requests');
    expect(names.filter((name) => /originals in place of crops|render time/.test(name))).toEqual([]);
    expect(() => templateOf({ ...off, dashboard: true, alarms: { failures: 5 } })).toThrow(
      'edgecrop.alarms.failures: got 5, allowed: only with metrics: true\n' +
        'edgecrop.dashboard: got true, allowed: only with metrics: true, which it shows',
    );
  });
});

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

/** Every `*` that a policy of ours allows, and why. */
const WILDCARDS = {
  's3:GetObject on …/*': 'every object of the bucket may be asked for',
  's3:GetObject,s3:ListBucket on …/*': 'the same, for CloudFront: the bucket itself is the other resource',
  's3:PutObject on …/*': "the keys of access logs are the delivery's, under this account",
  'logs:CreateLogGroup,logs:PutRetentionPolicy on …:*':
    'one group by its name, in every region; and how CloudWatch Logs writes one',
  'lambda:InvokeFunction on …:*': "the CDK's provider framework, of its one function in any version",
};

test('every wildcard in what is allowed has a reason', () => {
  const found = [FULL, UNSHIELDED].flatMap(allowedStatements).flatMap(wildcardsOf);
  expect([...new Set(found)].sort()).toEqual(Object.keys(WILDCARDS).sort());
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const POLICIES = [
  'IAM::Policy',
  'IAM::ManagedPolicy',
  'IAM::Role',
  'S3::BucketPolicy',
  'SQS::QueuePolicy',
  'SNS::TopicPolicy',
];

function allowedStatements(template: Template): readonly Statement[] {
  return POLICIES.flatMap((type) => Object.values(template.findResources(`AWS::${type}`)))
    .flatMap(({ Properties }) => [Properties, ...(Properties.Policies ?? [])])
    .flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? [])
    .filter(({ Effect }) => Effect === 'Allow');
}

/** `actions on …end` for each resource that ends openly, and the actions where they are open. */
function wildcardsOf({ Action, Resource }: Statement): readonly string[] {
  const actions = [Action].flat().join();
  const ends = [Resource]
    .flat()
    .flatMap((resource) => /[/:]?\*/.exec(JSON.stringify(resource) ?? '')?.[0] ?? []);
  return [...ends.map((end) => `${actions} on …${end}`), ...(actions.includes('*') ? [actions] : [])];
}

test('the fullest stack is as it was', () => {
  expect(withoutHashes(FULL)).toMatchSnapshot();
});

test('log groups in every region fit into a stack with as many patterns as are allowed', () => {
  const origins = Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`/${i}/*`, { originPath: '/x' }]));
  const most = templateOf({ ...FULLEST_UNSHIELDED, origins, logRetention: { everyRegion: true } });
  expect(Object.keys(most.toJSON().Resources).length).toBeLessThanOrEqual(500);
});

test('each option goes alone', () => {
  for (const [key, value] of Object.entries(FULLEST)) {
    expect(() => templateOf({ [key]: value })).not.toThrow();
  }
});
