import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { type BehaviorOptions, Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ImageCropping, type ImageCroppingProps } from '../../../lib';
import { createApp } from '../app';
import { propertiesOf } from '../templates';

const US = { env: { region: 'us-east-1', account: '123456789012' } };

function website(app = createApp(), env: object = US): Stack {
  return new Stack(app, 'Website', { ...env });
}

function serve(stack: Stack, { origin, ...behavior }: BehaviorOptions): Distribution {
  const pages = S3BucketOrigin.withOriginAccessControl(new Bucket(stack, 'Pages'));
  const distribution = new Distribution(stack, 'Distribution', { defaultBehavior: { origin: pages } });
  distribution.addBehavior('/photos/*', origin, behavior);
  return distribution;
}

describe('props', () => {
  const create = (props: object) => {
    const stack = website();
    return new ImageCropping(stack, 'Cropping', {
      bucket: new Bucket(stack, 'Photos'),
      ...props,
    } as ImageCroppingProps);
  };
  const PATH = 'a path of letters, digits and . _ ~ - that starts with / and does not end with it';

  test.each<[object, string]>([
    [{ originPath: 'media/' }, `originPath: got "media/", allowed: ${PATH}`],
    [{ originPath: 7 }, `originPath: got 7, allowed: ${PATH}`],
    [{ memorySize: 128 }, 'memorySize: got 128, allowed: a whole number from 1769 to 10240'],
    [
      { originShieldRegion: 'frankfurt' },
      'originShieldRegion: got "frankfurt", allowed: one of us-east-1, us-east-2, us-west-2, ap-northeast-1, ap-northeast-2, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, eu-west-2, me-central-1, sa-east-1',
    ],
    [
      { bucket: undefined },
      'bucket: got nothing, allowed: an IBucket, such as new Bucket(…) or Bucket.fromBucketAttributes(…)',
    ],
    [
      { bucket: 'photos' },
      'bucket: got "photos", allowed: an IBucket, such as new Bucket(…) or Bucket.fromBucketAttributes(…)',
    ],
    [
      { signingKeys: 'arn' },
      'signingKeys: got "arn", allowed: an IKeyValueStore, such as the signingKeys of another cropping',
    ],
    [{ options: { quality: 101 } }, 'options.quality: got 101, allowed: a whole number from 1 to 100'],
    [
      { quality: 75 },
      'quality: got 75, allowed: no such key; there are bucket, originPath, options, memorySize, originShieldRegion, logRetentionDays, signingKeys',
    ],
  ])('%j is refused by the name of the prop', (props, line) => {
    expect(() => create(props)).toThrow(new Error(`Website/Cropping.${line}`));
  });

  test('all that is wrong is said at once', () => {
    expect(() => create({ memorySize: 1, options: { ttl: 0 } })).toThrow(
      /^Website\/Cropping\.options\.ttl: got 0, .*\nWebsite\/Cropping\.memorySize: got 1, /,
    );
  });

  test('a construct of another kind is named', () => {
    const stack = website();
    const bucket = new Key(stack, 'Key') as never;
    expect(() => new ImageCropping(stack, 'Cropping', { bucket })).toThrow(
      'Website/Cropping.bucket: got the construct Website/Key, allowed: an IBucket',
    );
  });

  test('undefined is a default, the empty path the whole bucket', () => {
    expect(() =>
      create({ originPath: '', memorySize: undefined, options: undefined, signingKeys: undefined }),
    ).not.toThrow();
  });
});

test('the CDK warns of nothing', () => {
  const stack = website();
  const { behaviorOptions } = new ImageCropping(stack, 'Cropping', { bucket: new Bucket(stack, 'Photos') });
  serve(stack, behaviorOptions);
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});

test('the store of signing keys is an attribute and an output', () => {
  const stack = website();
  const bucket = new Bucket(stack, 'Photos');
  const first = new ImageCropping(stack, 'First', { bucket, options: { signing: true } });
  const second = new ImageCropping(stack, 'Second', {
    bucket,
    options: { signing: true, quality: 70 },
    signingKeys: first.signingKeys,
  });
  expect(stack.resolve(second.signingKeysArn)).toEqual(stack.resolve(first.signingKeys?.keyValueStoreArn));
  const outputs = Template.fromStack(stack).findOutputs('*');
  expect(Object.values(outputs)).toEqual([
    expect.objectContaining({ Value: stack.resolve(first.signingKeysArn) }),
  ]);
  expect(new ImageCropping(stack, 'Open', { bucket })).toMatchObject({
    signingKeys: undefined,
    signingKeysArn: undefined,
  });
});

describe('a bucket of another stack of the app', () => {
  function deployed(data: object, web: object, bucketProps: object = {}): readonly Template[] {
    const app = createApp();
    const dataStack = new Stack(app, 'Data', data);
    const encryptionKey = 'key' in bucketProps ? new Key(dataStack, 'Key') : undefined;
    const bucket = new Bucket(dataStack, 'Photos', { ...(encryptionKey && { encryptionKey }) });
    const stack = website(app, web);
    const { behaviorOptions } = new ImageCropping(stack, 'Cropping', { bucket, originPath: '/media' });
    serve(stack, behaviorOptions);
    app.synth();
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    return [Template.fromStack(dataStack), Template.fromStack(stack)];
  }

  const allow = (action: string, resource: unknown) =>
    expect.objectContaining({
      Effect: 'Allow',
      Action: action,
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Resource: resource,
      Condition: {
        ArnLike: { 'AWS:SourceArn': expect.anything() },
      },
    });

  test('lets distributions of the account read, and needs nothing of the distribution', () => {
    const [data, web] = deployed(US, US) as [Template, Template];
    expect(JSON.stringify(data.toJSON())).not.toContain('ImportValue');
    const [policy] = propertiesOf(data, 'AWS::S3::BucketPolicy') as readonly {
      PolicyDocument: { Statement: unknown };
    }[];
    const [id] = Object.keys(data.findResources('AWS::S3::Bucket'));
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    expect(policy?.PolicyDocument.Statement).toEqual([
      allow('s3:GetObject', { 'Fn::Join': ['', [arn, '/media/*']] }),
      allow('s3:ListBucket', arn),
    ]);
    expect(JSON.stringify(policy)).toContain(':cloudfront::123456789012:distribution/*');
    // Pages alone: the other bucket's policy is not ours to write.
    web.resourceCountIs('AWS::S3::BucketPolicy', 1);
  });

  test('in another region, with a key', () => {
    const [data, web] = deployed(
      { env: { ...US.env, region: 'eu-central-1' }, crossRegionReferences: true },
      { ...US, crossRegionReferences: true },
      { key: true },
    ) as [Template, Template];
    const [key] = propertiesOf(data, 'AWS::KMS::Key') as readonly {
      KeyPolicy: { Statement: unknown };
    }[];
    expect(key?.KeyPolicy.Statement).toContainEqual(allow('kms:Decrypt', '*'));
    const [distribution] = propertiesOf(web, 'AWS::CloudFront::Distribution');
    expect(JSON.stringify(distribution)).toContain('.s3.eu-central-1.');
    expect(JSON.stringify(propertiesOf(web, 'AWS::IAM::Policy'))).toContain('kms:Decrypt');
  });

  test('without a region is refused', () => {
    expect(() => deployed({}, US)).toThrow(
      "Website/Cropping.bucket: got a bucket of stack Data, which has no region, allowed: one of a stack with a region, as in env: { region: 'eu-central-1' }",
    );
  });
});
