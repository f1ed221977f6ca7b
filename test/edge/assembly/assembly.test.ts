import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssembly, servedBehaviors } from '../../../edge/assembly/assembly';
import { UserError } from '../../../errors/user-error';
import { temporaryFolder } from '../../support/cleanup';
import { cachePolicyConfig, distributionConfig, writeAssembly } from './assembly-fixture';

test('reads everything that decides what a viewer is answered', async () => {
  const folder = await writeAssembly({ timeout: 12, memory: 512 });
  expect(readAssembly(folder)).toEqual({
    defaultRootObject: 'index.html',
    behaviors: [
      {
        pathPattern: '*',
        allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        cachePolicy: { minTtl: 0, defaultTtl: 86_400, maxTtl: 31_536_000, queryStrings: ['t', 'w'] },
        responseHeadersPolicy: {
          remove: [],
          add: [
            { header: 'access-control-allow-origin', value: '*', override: true, only: 'cors' },
            { header: 'access-control-allow-methods', value: 'GET, HEAD', override: true, only: 'preflight' },
            { header: 'access-control-allow-headers', value: '*', override: true, only: 'preflight' },
            { header: 'x-content-type-options', value: 'nosniff', override: true },
            { header: 'vary', value: 'Accept', override: false },
          ],
          corsOrigins: ['*'],
          serverTiming: false,
        },
        viewerRequest: undefined,
        originResponse: {
          assetFolder: join(folder, 'asset.abc'),
          handler: 'index.handler',
          timeoutSeconds: 12,
          memoryMegabytes: 512,
        },
        origin: { bucket: 'Images', isCreated: true, originPath: '', region: 'us-east-1' },
      },
    ],
  });
});

test('reads the assembly that this project deploys', () => {
  expect(readAssembly(process.env.EDGECROP_TEST_ASSEMBLY ?? '')).toMatchObject({
    defaultRootObject: 'index.html',
    behaviors: [
      {
        allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        cachePolicy: {
          minTtl: 0,
          queryStrings: 'all',
        },
        originResponse: { handler: 'index.handler', timeoutSeconds: 30 },
      },
    ],
  });
});

test('keeps the code of a viewer-request function', async () => {
  const folder = await writeAssembly({
    properties: {
      Distribution: {
        DistributionConfig: distributionConfig({
          FunctionAssociations: [
            { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Images', 'FunctionARN'] } },
          ],
        }),
      },
      Images: {
        FunctionCode: 'function handler(event) { return event.request; }',
        FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
      },
    },
  });
  expect(servedBehaviors(readAssembly(folder))[0]?.viewerRequest).toEqual({
    code: 'function handler(event) { return event.request; }',
    runtime: 'cloudfront-js-2.0',
  });
});

const lambda = (EventType: string) => ({
  LambdaFunctionAssociations: [{ EventType, LambdaFunctionARN: { Ref: 'Version' } }],
});
test.each([
  [
    'custom error responses',
    { DistributionConfig: distributionConfig({}, { CustomErrorResponses: [{}] }) },
    'custom error',
  ],
  [
    'a Lambda in front of the cache',
    { DistributionConfig: distributionConfig(lambda('viewer-request')) },
    'viewer-request',
  ],
  [
    'a Lambda in front of the origin',
    { DistributionConfig: distributionConfig(lambda('origin-request')) },
    'origin-request',
  ],
  ['compression', { DistributionConfig: distributionConfig({ Compress: true }) }, 'compression'],
  [
    'an origin request policy',
    { DistributionConfig: distributionConfig({ OriginRequestPolicyId: 'x' }) },
    'origin request policy',
  ],
])('fails on %s, by name', async (_, Distribution, reason) => {
  const folder = await writeAssembly({ properties: { Distribution } });
  expect(() => readAssembly(folder)).toThrow(reason);
});

test.each([
  ['cookies', { CookiesConfig: { CookieBehavior: 'all' } }, 'cookies'],
  ['headers', { HeadersConfig: { HeaderBehavior: 'whitelist' } }, 'headers'],
  ['query strings left out', { QueryStringsConfig: { QueryStringBehavior: 'allExcept' } }, 'but some'],
  ['encodings', { EnableAcceptEncodingGzip: true }, 'encoding'],
])('fails on a cache key with %s', async (_, over, reason) => {
  const folder = await writeAssembly({
    properties: { CachePolicy: { CachePolicyConfig: cachePolicyConfig(over) } },
  });
  expect(() => readAssembly(folder)).toThrow(reason);
});

test('fails in one line where there is no assembly', async () => {
  const folder = await temporaryFolder();
  expect(() => readAssembly(folder)).toThrow(UserError);
  expect(() => readAssembly(folder)).toThrow(/^[^\n]*no manifest.json[^\n]*npm run synth$/);
});

test('fails in one line on JSON that is cut off', async () => {
  const folder = await writeAssembly();
  await writeFile(join(folder, 'Test.template.json'), '{');
  expect(() => readAssembly(folder)).toThrow(/^[^\n]*Test.template.json can't be read as JSON[^\n]*$/);
});
