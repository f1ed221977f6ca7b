import type { StackOptions } from '../../../lib/configuration/options';
import { permissionFindings } from '../../support/template/permissions';
import { quotaFindings } from '../../support/template/quotas';
import { specificationFindings } from '../../support/template/specification';
import type { CloudFormationTemplate } from '../../support/template/template';
import { FULLEST, FULLEST_UNSHIELDED } from '../operations/operated';
import { templateOf } from '../templates';

/** Patterns with settings of their own, as many as there may be. */
function patterns(count: number): NonNullable<StackOptions['origins']> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`/folder-${i}/*`, { originPath: `/originals-${i}` }]),
  );
}

const STACKS: Readonly<Record<string, StackOptions>> = {
  smallest: {},
  fullest: FULLEST,
  'fullest without Origin Shield': FULLEST_UNSHIELDED,
  'fullest with Origin Shield elsewhere': { ...FULLEST, originShield: 'eu-central-1' },
  '24 patterns with everything on': { ...FULLEST_UNSHIELDED, origins: patterns(24) },
};

const json = (configuration: StackOptions) => templateOf(configuration).toJSON() as CloudFormationTemplate;

describe.each(Object.entries(STACKS))('the %s stack', (_name, configuration) => {
  let template: CloudFormationTemplate;
  beforeAll(() => {
    template = json(configuration);
  });

  test("keeps to AWS's specification of its resources", () => {
    expect(specificationFindings(template)).toEqual([]);
  });

  test('keeps to the quotas, in an update as well', () => {
    expect(quotaFindings(template)).toEqual([]);
  });

  test('may do what it is going to do', () => {
    expect(permissionFindings(template)).toEqual([]);
  });
});

describe('the checks find', () => {
  const SMALLEST = json({});
  const [[BUCKET, bucket] = ['', { Type: '' }]] = Object.entries(SMALLEST.Resources).filter(
    ([, { Type }]) => Type === 'AWS::S3::Bucket',
  );
  /** The smallest stack with another bucket. */
  const changed = (properties: object, rest: object = {}): CloudFormationTemplate => ({
    ...SMALLEST,
    Resources: {
      ...SMALLEST.Resources,
      [BUCKET]: { ...bucket, Properties: { ...bucket.Properties, ...properties }, ...rest },
    },
  });

  test.each<[string, CloudFormationTemplate, string]>([
    ['a misspelt property', changed({ BucketEncription: {} }), 'unknown property BucketEncription'],
    [
      'a missing property',
      changed({ VersioningConfiguration: {} }),
      'VersioningConfiguration: Status is missing',
    ],
    ['a wrong type', changed({ Tags: 'none' }), 'Tags: got "none", expected array'],
    ['a reference to nothing', changed({ BucketName: { Ref: 'Nobody' } }), 'Nobody is not there'],
    [
      'an attribute that is none',
      changed({ BucketName: { 'Fn::GetAtt': [BUCKET, 'Nothing'] } }),
      'AWS::S3::Bucket has no attribute Nothing',
    ],
    ['a circle', changed({ BucketName: { 'Fn::GetAtt': [BUCKET, 'Arn'] } }), 'circle: '],
    ['an unknown type', changed({}, { Type: 'AWS::S3::Bukket' }), 'unknown type AWS::S3::Bukket'],
  ])('%s', (_name, template, finding) => {
    expect(specificationFindings(template)).toContainEqual(expect.stringContaining(finding));
  });

  test('eleven functions of one store, and two policies of one name', () => {
    const store = { FunctionConfig: { KeyValueStoreAssociations: [{ KeyValueStoreARN: 'store' }] } };
    const policy = { CachePolicyConfig: { Name: 'same' } };
    const resources = (count: number, Type: string, Properties: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${Type}${i}`, { Type, Properties }]));
    expect(
      quotaFindings({
        Resources: {
          ...resources(6, 'AWS::CloudFront::Function', store),
          ...resources(2, 'AWS::CloudFront::CachePolicy', policy),
        },
      }),
    ).toEqual([
      'functions of store in an update: got 12, allowed: 10',
      'AWS::CloudFront::CachePolicy: two are named same',
    ]);
  });
});
