import { Template } from 'aws-cdk-lib/assertions';
import { propertiesOf, saidOf, stackOf, templateOf } from '../templates';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/12ab-34cd';
const PHOTOS = { name: 'photos-prod', region: 'eu-central-1', kmsKeyArn: KEY };
const AVATARS = { name: 'avatars-prod', region: 'ap-northeast-2' };

type Json = Record<string, unknown>;
const distributionOf = (template: Template) =>
  propertiesOf(template, 'AWS::CloudFront::Distribution')[0]?.DistributionConfig as {
    Origins: readonly Json[];
    DefaultCacheBehavior: Json;
    CacheBehaviors?: readonly Json[];
    DefaultRootObject: string;
  };
const statementsOf = (template: Template) =>
  propertiesOf(template, 'AWS::IAM::Policy').map(
    ({ PolicyDocument }) => (PolicyDocument as { Statement: readonly Json[] }).Statement,
  );
/** A value of the template as it is after the deploy. */
const deployed = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : (value as { 'Fn::Join': [string, (string | { Ref: string })[]] })['Fn::Join'][1]
        .map((part) => (typeof part === 'string' ? part : part.Ref.replace(/^Distribution\w+$/, 'E1')))
        .join('');
const policiesToldBy = (template: Template) =>
  Object.entries(template.findOutputs('*'))
    .filter(([id]) => id.includes('Policy'))
    .map(([, { Value }]) => JSON.parse(deployed(Value)));
const statement = (Action: string[], Resource: string[]) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action,
  Resource,
  Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::AWS::AccountId:distribution/E1' } },
});

describe('an existing bucket', () => {
  test('is asked in its own region, read by the function, and nothing is made of it', () => {
    const template = templateOf({ bucket: AVATARS });
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::S3::BucketPolicy', 0);
    expect(distributionOf(template).Origins).toEqual([
      expect.objectContaining({ DomainName: 'avatars-prod.s3.ap-northeast-2.amazonaws.com' }),
    ]);
    expect(statementsOf(template)).toEqual([
      [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::avatars-prod/*' }],
    ]);
    template.hasOutput('BucketName', { Value: 'avatars-prod' });
  });

  test('of one folder and with a key: both are granted, no more', () => {
    const template = templateOf({ bucket: PHOTOS, originPath: '/media/web' });
    expect(distributionOf(template).Origins[0]).toMatchObject({ OriginPath: '/media/web' });
    expect(statementsOf(template)).toEqual([
      [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos-prod/media/web/*' },
        { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY },
      ],
    ]);
  });

  test('has policies that only its owner can change: what they need is an output, and said at synth', () => {
    const stack = stackOf({ bucket: PHOTOS, originPath: '/media' });
    const statements = [
      statement(
        ['s3:GetObject', 's3:ListBucket'],
        ['arn:aws:s3:::photos-prod/media/*', 'arn:aws:s3:::photos-prod'],
      ),
      statement(['kms:Decrypt'], ['*']),
    ];
    expect(policiesToldBy(Template.fromStack(stack))).toEqual(statements);
    const said = saidOf(stack);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(
      /^the policy of bucket photos-prod needs this statement, .* after the deploy: \{/,
    );
    expect(said[1]).toContain(`the policy of key ${KEY} needs`);
    expect(JSON.parse(said[0]?.replace(/^[^{]*/, '') ?? '')).toMatchObject({
      Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::ACCOUNT:distribution/ID' } },
    });
  });

  test('is a bucket of the stack’s own where none is named', () => {
    const stack = stackOf({ originPath: '/media' });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.resourceCountIs('AWS::S3::BucketPolicy', 1);
    expect(saidOf(stack)).toEqual([]);
    expect(policiesToldBy(template)).toEqual([]);
    const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket'));
    expect(statementsOf(template)[0]?.[0]?.Resource).toEqual({
      'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/media/*']],
    });
  });

  test.each([
    [{ bucket: 'photos' }, 'edgecrop.bucket: got "photos", allowed: an object'],
    [
      { bucket: { name: 'Photos', region: 'eu-central-1' } },
      'edgecrop.bucket.name: got "Photos", allowed: the name of a bucket: 3 to 63 small letters, digits, dots and hyphens',
    ],
    [
      { bucket: { name: 'photos' } },
      'edgecrop.bucket.region: got nothing, allowed: a region of the aws partition, as in eu-central-1',
    ],
    [
      { bucket: { name: 'photos', region: 'Frankfurt' } },
      'edgecrop.bucket.region: got "Frankfurt", allowed: a region of the aws partition, as in eu-central-1',
    ],
    [
      { bucket: { ...AVATARS, kmsKeyArn: KEY } },
      `edgecrop.bucket.kmsKeyArn: got "${KEY}", allowed: a key in the bucket's region`,
    ],
    [
      { bucket: { ...PHOTOS, kmsKeyArn: 'alias/photos' } },
      'edgecrop.bucket.kmsKeyArn: got "alias/photos", allowed: the ARN of a KMS key',
    ],
    ...['media', '/media/', '//', '/a//b', '/a/../b', '/a*', '/ä', ''].map((originPath): [object, string] => [
      { originPath },
      `edgecrop.originPath: got ${JSON.stringify(originPath)}, allowed: a path of letters, digits and . _ ~ - that starts with / and does not end with it`,
    ]),
  ])('refuses %j', (configuration, message) => {
    expect(() => templateOf(configuration)).toThrow(message);
  });
});

describe('origins by path pattern', () => {
  const origins = {
    '/avatars/*': { bucket: AVATARS, types: { face: { w: 64, h: 64 } } },
    '/*.gif': { originPath: '/moving' },
    '/tiny/*': { types: { tiny: { w: 16 } } },
  };
  const template = templateOf({
    bucket: PHOTOS,
    originPath: '/media',
    origins,
    types: { thumb: { w: 200 } },
  });
  const { Origins, DefaultCacheBehavior, CacheBehaviors = [] } = distributionOf(template);

  test('are behaviours in the order they are written in, each with its own origin', () => {
    const originOf = ({ TargetOriginId }: Json) => {
      const { DomainName, OriginPath } = Origins.find(({ Id }) => Id === TargetOriginId) ?? {};
      return [DomainName, OriginPath];
    };
    expect(CacheBehaviors.map((behavior) => [behavior.PathPattern, ...originOf(behavior)])).toEqual([
      ['/avatars/*', 'avatars-prod.s3.ap-northeast-2.amazonaws.com', undefined],
      ['/*.gif', 'photos-prod.s3.eu-central-1.amazonaws.com', '/moving'],
      ['/tiny/*', 'photos-prod.s3.eu-central-1.amazonaws.com', '/media'],
    ]);
    expect(originOf(DefaultCacheBehavior)).toEqual(['photos-prod.s3.eu-central-1.amazonaws.com', '/media']);
  });

  test('have functions that know their types, and may read what is theirs', () => {
    const functions = template.findResources('AWS::CloudFront::Function');
    const codeOf = (behavior: Json) => {
      const [{ FunctionARN }] = behavior.FunctionAssociations as [
        { FunctionARN: { 'Fn::GetAtt': [string] } },
      ];
      return functions[FunctionARN['Fn::GetAtt'][0]]?.Properties.FunctionCode as string;
    };
    const typesIn = (code: string) =>
      ['thumb', 'face', 'tiny'].filter((type) => code.includes(`${type}:{w:`));
    expect([DefaultCacheBehavior, ...CacheBehaviors].map(codeOf).map(typesIn)).toEqual([
      ['thumb'],
      ['face'],
      ['thumb'],
      ['tiny'],
    ]);
    expect(statementsOf(template).map(([first]) => first?.Resource)).toEqual([
      'arn:aws:s3:::photos-prod/media/*',
      'arn:aws:s3:::avatars-prod/*',
      'arn:aws:s3:::photos-prod/moving/*',
      'arn:aws:s3:::photos-prod/media/*',
    ]);
  });

  test('may have their own picture for missing objects, which the function may read wherever it is', () => {
    const { all, own } = { all: { key: 'media/none.png' }, own: { key: 'stand-ins/none.png' } };
    const statements = statementsOf(
      templateOf({
        bucket: PHOTOS,
        originPath: '/media',
        missing: all,
        origins: { '/tiny/*': { missing: own }, '/*.gif': { originPath: '/moving' } },
      }),
    ).map((all) => all.filter(({ Action }) => Action === 's3:GetObject').map(({ Resource }) => Resource));
    expect(statements).toEqual([
      ['arn:aws:s3:::photos-prod/media/*'],
      // The CDK puts statements of one action together.
      [['arn:aws:s3:::photos-prod/media/*', 'arn:aws:s3:::photos-prod/stand-ins/none.png']],
      [['arn:aws:s3:::photos-prod/media/none.png', 'arn:aws:s3:::photos-prod/moving/*']],
    ]);
  });

  test('share the policies: an account has room for 20 of each', () => {
    template.resourceCountIs('AWS::CloudFront::CachePolicy', 1);
    template.resourceCountIs('AWS::CloudFront::ResponseHeadersPolicy', 1);
    const [id] = Object.keys(template.findResources('AWS::CloudFront::CachePolicy'));
    for (const { CachePolicyId } of [DefaultCacheBehavior, ...CacheBehaviors])
      expect(CachePolicyId).toEqual({ Ref: id });
  });

  test('tell each bucket’s statement once, with all that is read of it', () => {
    expect(policiesToldBy(template)).toEqual([
      statement(
        ['s3:GetObject', 's3:ListBucket'],
        ['arn:aws:s3:::photos-prod/media/*', 'arn:aws:s3:::photos-prod/moving/*', 'arn:aws:s3:::photos-prod'],
      ),
      statement(['kms:Decrypt'], ['*']),
      statement(
        ['s3:GetObject', 's3:ListBucket'],
        ['arn:aws:s3:::avatars-prod/*', 'arn:aws:s3:::avatars-prod'],
      ),
    ]);
  });

  test('go together with a domain', () => {
    const domain = { names: ['img.example.com'], hostedZone: { id: 'Z0123456789', name: 'example.com' } };
    const together = templateOf({ bucket: PHOTOS, origins, domain });
    expect(distributionOf(together)).toMatchObject({
      Aliases: ['img.example.com'],
      CacheBehaviors: [{ PathPattern: '/avatars/*' }, { PathPattern: '/*.gif' }, { PathPattern: '/tiny/*' }],
    });
    together.resourceCountIs('AWS::Route53::RecordSet', 2);
    expect(policiesToldBy(together)).toHaveLength(3);
  });

  test.each(['/', '/*', '/a/*/b', '/a*b/*.jpg', '/Photos-1_2~3/*'])('take the pattern %s', (pattern) => {
    expect(
      distributionOf(templateOf({ origins: { [pattern]: { originPath: '/a' } } })).CacheBehaviors,
    ).toMatchObject([{ PathPattern: pattern }]);
  });

  test.each(['avatars/*', '*', '', '/a?', '/a@b/*', '/a//b', '/a/../b', '/한글/*', '/a b', '/%41'])(
    'refuse the pattern %j',
    (pattern) => {
      expect(() => templateOf({ origins: { [pattern]: {} } })).toThrow(
        `edgecrop.origins.${pattern}: got {}, allowed: a path pattern that starts with /, of letters, digits ` +
          'and . _ ~ - *, without // and dot segments',
      );
    },
  );

  test('refuse what CloudFront has no room for', () => {
    expect(() => templateOf({ origins: { [`/${'a'.repeat(255)}`]: { originPath: '/a' } } })).toThrow(
      'allowed: a path pattern of at most 255 characters',
    );
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`/${index}/*`, { originPath: '/a' }]),
    );
    expect(() => templateOf({ origins: many })).toThrow(/^edgecrop.origins: .*at most 24 path patterns$/);
  });

  test('refuse one bucket in two regions, and a key that is none', () => {
    const elsewhere = { ...AVATARS, region: 'eu-west-1' };
    expect(() => templateOf({ bucket: AVATARS, origins: { '/a/*': { bucket: elsewhere } } })).toThrow(
      `edgecrop.origins./a/*.bucket: got ${JSON.stringify(elsewhere)}, allowed: ${JSON.stringify(AVATARS)}, as for the same bucket elsewhere`,
    );
    expect(() => templateOf({ origins: { '/a/*': { type: {} } } })).toThrow(
      'edgecrop.origins./a/*.type: got {}, allowed: no such key, did you mean types? there are bucket, originPath, types',
    );
  });
});
