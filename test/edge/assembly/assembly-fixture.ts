import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/cleanup';

export interface AssemblyFixture {
  /** The body of `handler(event, context)`, with `request` and `response` taken out of the event. */
  readonly handler?: string;
  readonly timeout?: number;
  readonly memory?: number;
  /** Laid over the properties of a resource, by its logical id. */
  readonly properties?: Readonly<Record<string, object>>;
  /** Beside the others. */
  readonly resources?: Readonly<Record<string, { readonly Type: string; readonly Properties: object }>>;
}

/** A whole template, as small as one can be. */
export function templateFixture(fixture: AssemblyFixture = {}) {
  const { timeout = 30, memory = 1769, properties = {} } = fixture;
  const resource = (id: string, type: string, values: object = {}) => ({
    [id]: { Type: type, Properties: { ...values, ...properties[id] } },
  });
  return {
    Resources: {
      ...resource('Images', 'AWS::S3::Bucket'),
      ...resource('Function', 'AWS::Lambda::Function', {
        Code: { S3Key: 'abc.zip' },
        Handler: 'index.handler',
        Timeout: timeout,
        MemorySize: memory,
      }),
      ...resource('Version', 'AWS::Lambda::Version', { FunctionName: { Ref: 'Function' } }),
      ...resource('CachePolicy', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: cachePolicyConfig({
          QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['t', 'w'] },
        }),
      }),
      ...resource('ViewerRequest', 'AWS::CloudFront::Function', {
        FunctionCode: 'function handler(event) { return event.request; }',
        FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
      }),
      ...resource('HeadersPolicy', 'AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          CorsConfig: {
            AccessControlAllowCredentials: false,
            AccessControlAllowHeaders: { Items: ['*'] },
            AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
            AccessControlAllowOrigins: { Items: ['*'] },
            OriginOverride: true,
          },
          SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
          CustomHeadersConfig: { Items: [{ Header: 'Vary', Value: 'Accept', Override: false }] },
        },
      }),
      ...resource('Distribution', 'AWS::CloudFront::Distribution', {
        DistributionConfig: distributionConfig(),
      }),
      ...fixture.resources,
    },
  };
}

/** A cache policy without query strings, with something laid over what is in the key. */
export function cachePolicyConfig(over: object = {}) {
  return {
    MinTTL: 0,
    DefaultTTL: 86_400,
    MaxTTL: 31_536_000,
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'none' },
      EnableAcceptEncodingGzip: false,
      QueryStringsConfig: { QueryStringBehavior: 'none' },
      ...over,
    },
  };
}

/** The configuration of the fixture's distribution, with something laid over its default behaviour. */
export function distributionConfig(behavior: object = {}, config: object = {}) {
  return {
    DefaultRootObject: 'index.html',
    DefaultCacheBehavior: {
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      CachePolicyId: { Ref: 'CachePolicy' },
      ResponseHeadersPolicyId: { Ref: 'HeadersPolicy' },
      TargetOriginId: 'origin',
      LambdaFunctionAssociations: [{ EventType: 'origin-response', LambdaFunctionARN: { Ref: 'Version' } }],
      ...behavior,
    },
    Origins: [
      { Id: 'origin', DomainName: { 'Fn::GetAtt': ['Images', 'RegionalDomainName'] }, S3OriginConfig: {} },
    ],
    ...config,
  };
}

/** Writes an assembly with a function of one's own. */
export async function writeAssembly(fixture: AssemblyFixture = {}): Promise<string> {
  const folder = await temporaryFolder();
  const asset = join(folder, 'asset.abc');
  await mkdir(asset);
  const { handler = 'return response;' } = fixture;
  const code = `export const handler = async (event, context) => {
    const { request, response } = event.Records[0].cf;
    console.log('invoked ' + response.status + ' ' + request.uri);
    ${handler}
  };`;
  await writeFile(join(asset, 'index.mjs'), code);
  const manifest = {
    artifacts: {
      'Test.assets': { type: 'cdk:asset-manifest', properties: { file: 'Test.assets.json' } },
      Test: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/us-east-1',
        properties: { templateFile: 'Test.template.json' },
      },
    },
  };
  const write = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value));
  await write('manifest.json', manifest);
  await write('Test.assets.json', { files: { abc: { source: { path: 'asset.abc' } } } });
  await write('Test.template.json', templateFixture(fixture));
  return folder;
}
