import { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EDGE_REGIONS } from '../../../lib/configuration/edge-regions';
import type { StackOptions } from '../../../lib/configuration/options';
import { shieldRegionOf } from '../../../lib/operations/operations';
import { stackOf, templateOf, withoutHashes } from '../templates';
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
