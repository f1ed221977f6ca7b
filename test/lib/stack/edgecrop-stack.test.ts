import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ImageCropping } from '../../../lib/cropping/image-cropping';
import { EdgecropStack } from '../../../lib/stack/edgecrop-stack';
import { ImageDistribution } from '../../../lib/stack/image-distribution';
import { createApp } from '../app';
import { templateOf, withoutHashes } from '../templates';

/** A stack of somebody else's. */
function createStack(id: string): Stack {
  return new Stack(createApp(), id, { env: { region: 'us-east-1' } });
}

const template = templateOf();
const only = (type: string) => Object.values(template.findResources(type))[0]!;

describe('the bucket', () => {
  test('is private, versioned and outlives the stack', () => {
    template.hasResource('AWS::S3::Bucket', {
      // On a first create that fails, an empty bucket goes.
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
  });

  test('refuses plain HTTP', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  test('lets this distribution read, and tell a missing object by 404', () => {
    const statements = only('AWS::S3::BucketPolicy').Properties.PolicyDocument.Statement as {
      Effect: string;
      Action: string[];
      Condition: { StringEquals: Record<string, unknown> };
    }[];
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(1);
    expect(allowed[0]?.Action).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(JSON.stringify(allowed[0]?.Condition.StringEquals['AWS:SourceArn'])).toContain(
      Object.keys(template.findResources('AWS::CloudFront::Distribution'))[0],
    );
  });
});

describe('the distribution', () => {
  const config = () => only('AWS::CloudFront::Distribution').Properties.DistributionConfig;

  test('speaks HTTPS, HTTP/2 and 3, and never lists the bucket at /', () => {
    expect(config()).toMatchObject({
      HttpVersion: 'http2and3',
      DefaultRootObject: 'index.html',
      Enabled: true,
    });
    expect(config().DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: false,
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
    });
  });

  test('signs its requests to S3', () => {
    template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: {
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
        OriginAccessControlOriginType: 's3',
      },
    });
    expect(config().Origins[0]).toHaveProperty('OriginAccessControlId');
  });

  test('runs the viewer-request function in front of the cache, under an id of what both functions agree on', () => {
    const [[id, fn] = []] = Object.entries(template.findResources('AWS::CloudFront::Function'));
    expect(config().DefaultCacheBehavior.FunctionAssociations).toEqual([
      { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
    ]);
    expect(fn?.Properties).toMatchObject({
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
    const idOf = (options: object) =>
      Object.keys(templateOf(options).findResources('AWS::CloudFront::Function'))[0];
    expect(id).toMatch(/ViewerRequest[0-9a-f]{8}/);
    expect(idOf({ quality: 70 })).not.toBe(id);
    expect(idOf({ types: { thumb: { w: 9 } } })).not.toBe(id);
    expect(idOf({ background: '#000000' })).not.toBe(id);
    expect(idOf({ ttl: 9, auto: [], snap: { w: [100] }, memorySize: 3008 })).toBe(id);
  });

  test('runs the function at origin-response and nowhere else', () => {
    const associations = config().DefaultCacheBehavior.LambdaFunctionAssociations;
    expect(associations).toHaveLength(1);
    expect(associations[0]).toMatchObject({ EventType: 'origin-response' });
    expect(associations[0]).not.toHaveProperty('IncludeBody');
  });

  test('has no origin request policy: the cache policy alone says what S3 gets to see', () => {
    expect(config().DefaultCacheBehavior).not.toHaveProperty('OriginRequestPolicyId');
    template.resourceCountIs('AWS::CloudFront::OriginRequestPolicy', 0);
  });

  test('caches by the whole query, which the function in front writes, and never keeps what says no-store', () => {
    expect(only('AWS::CloudFront::CachePolicy').Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 86_400,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
        EnableAcceptEncodingBrotli: false,
        EnableAcceptEncodingGzip: false,
      },
    });
  });

  test('lets any page show a picture, and no picture run as a page', () => {
    expect(
      only('AWS::CloudFront::ResponseHeadersPolicy').Properties.ResponseHeadersPolicyConfig,
    ).toMatchObject({
      CorsConfig: {
        AccessControlAllowOrigins: { Items: ['*'] },
        AccessControlAllowMethods: { Items: expect.arrayContaining(['GET']) },
        AccessControlAllowCredentials: false,
      },
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        ContentSecurityPolicy: {
          ContentSecurityPolicy: expect.stringMatching(/default-src 'none'.*sandbox/),
          Override: true,
        },
      },
      CustomHeadersConfig: { Items: [{ Header: 'vary', Value: 'Accept', Override: true }] },
    });
  });

  test('takes TLS 1.2 (2021) with a certificate of its own', () => {
    const stack = createStack('Named');
    const { behaviorOptions } = new ImageCropping(stack, 'Cropping', { bucket: new Bucket(stack, 'Images') });
    const certificate = Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:us-east-1:123456789012:certificate/x',
    );
    new ImageDistribution(stack, 'Distribution', {
      defaultBehavior: behaviorOptions,
      domain: { names: ['img.example.com'], certificate },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['img.example.com'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    });
  });
});

describe('the function', () => {
  test('is what Lambda@Edge takes', () => {
    const { Properties } = only('AWS::Lambda::Function');
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['x86_64'],
      MemorySize: 1769,
      Timeout: 30,
      Handler: 'index.handler',
      LoggingConfig: { LogGroup: { Ref: expect.stringContaining('OriginResponseLogs') } },
    });
    const forbidden = [
      'Environment',
      'Layers',
      'VpcConfig',
      'DeadLetterConfig',
      'TracingConfig',
      'EphemeralStorage',
      'FileSystemConfigs',
      'ReservedConcurrentExecutions',
      'SnapStart',
      'KmsKeyArn',
    ];
    for (const property of forbidden) expect(Properties).not.toHaveProperty(property);
  });

  test('and its versions are retained: a replica cannot be deleted', () => {
    for (const type of ['AWS::Lambda::Function', 'AWS::Lambda::Version']) {
      template.hasResource(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('may read objects of this bucket, and write logs', () => {
    const bucket = Object.keys(template.findResources('AWS::S3::Bucket'))[0];
    const { Statement } = only('AWS::IAM::Policy').Properties.PolicyDocument;
    expect(Statement).toEqual([
      {
        Action: 's3:GetObject',
        Effect: 'Allow',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/*']] },
      },
    ]);
    const role = only('AWS::IAM::Role').Properties;
    expect(JSON.stringify(role.ManagedPolicyArns)).toMatch(
      /^\[\{[^{]*"arn:",\{"Ref":"AWS::Partition"\},":iam::aws:policy\/service-role\/AWSLambdaBasicExecutionRole"/,
    );
    expect(role.AssumeRolePolicyDocument.Statement[0].Principal.Service).toEqual(
      expect.arrayContaining(['lambda.amazonaws.com', 'edgelambda.amazonaws.com']),
    );
  });

  test('logs into a group that forgets', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });
});

describe('the stack', () => {
  test('tells where the pictures go and where they are served', () => {
    template.hasOutput('DistributionUrl', {});
    template.hasOutput('BucketName', {});
  });

  test('takes the configuration', () => {
    templateOf({ ttl: 60 }).hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: Match.objectLike({ DefaultTTL: 60 }),
    });
    templateOf({ memorySize: 3008 }).hasResourceProperties('AWS::Lambda::Function', { MemorySize: 3008 });
    expect(() => templateOf({ memorySize: 1024 })).toThrow(
      'edgecrop.memorySize: got 1024, allowed: a whole number from 1769 to 10240',
    );
    expect(() => templateOf({ memory: 1 } as never)).toThrow(
      /memory: got 1, .* there are types, .*memorySize/,
    );
  });

  test.each([
    ['another region', { region: 'eu-west-1' }, 'stack Elsewhere: got region eu-west-1, allowed: us-east-1'],
    ['no region', {}, 'stack Elsewhere: got no region, allowed: us-east-1'],
  ])('refuses %s', (_name, env, message) => {
    expect(() => new EdgecropStack(createApp(), 'Elsewhere', { env })).toThrow(message);
    const stack = new Stack(createApp(), 'Elsewhere', { env });
    expect(() => new ImageCropping(stack, 'Cropping', { bucket: new Bucket(stack, 'Images') })).toThrow(
      message,
    );
  });

  test("hangs into somebody else's distribution", () => {
    const stack = createStack('Theirs');
    const { behaviorOptions } = new ImageCropping(stack, 'Cropping', { bucket: new Bucket(stack, 'Images') });
    const theirs = new Distribution(stack, 'Distribution', {
      defaultBehavior: { origin: behaviorOptions.origin },
    });
    theirs.addBehavior('/photos/*', behaviorOptions.origin, behaviorOptions);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: [
          Match.objectLike({
            PathPattern: '/photos/*',
            LambdaFunctionAssociations: [Match.objectLike({ EventType: 'origin-response' })],
          }),
        ],
      },
    });
  });

  test('is as it was', () => {
    expect(withoutHashes(template)).toMatchSnapshot();
  });
});

describe('signing', () => {
  const signed = templateOf({ signing: true });
  const [[storeId] = []] = Object.entries(signed.findResources('AWS::CloudFront::KeyValueStore'));
  const [fn] = Object.values(signed.findResources('AWS::CloudFront::Function'));

  test('the function reads a store of keys, which an output names', () => {
    expect(fn?.Properties.FunctionConfig.KeyValueStoreAssociations).toEqual([
      { KeyValueStoreARN: { 'Fn::GetAtt': [storeId, 'Arn'] } },
    ]);
    expect(signed.findOutputs('SigningKeysArn')).toEqual({
      SigningKeysArn: { Value: { 'Fn::GetAtt': [storeId, 'Arn'] }, Description: expect.any(String) },
    });
  });

  test('the store comes empty: no template holds a key', () => {
    const [store] = Object.values(signed.findResources('AWS::CloudFront::KeyValueStore'));
    expect(store?.Properties).toEqual({ Comment: expect.any(String), Name: expect.any(String) });
  });

  test('the cache policy is the same: the function leaves no signature in a query', () => {
    const policies = (of: Template) => of.findResources('AWS::CloudFront::CachePolicy');
    expect(policies(signed)).toEqual(policies(template));
  });

  test('who wants none has no store, no async function and no output', () => {
    template.resourceCountIs('AWS::CloudFront::KeyValueStore', 0);
    expect(template.findOutputs('SigningKeysArn')).toEqual({});
    expect(only('AWS::CloudFront::Function').Properties.FunctionCode).not.toMatch(/async|import/);
  });
});
