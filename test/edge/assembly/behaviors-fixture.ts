import { type AssemblyFixture, distributionConfig } from './assembly-fixture';

const ORIGINS = [
  { Id: 'origin', DomainName: { 'Fn::GetAtt': ['Images', 'RegionalDomainName'] }, S3OriginConfig: {} },
  {
    Id: 'avatars',
    DomainName: { 'Fn::Join': ['', ['avatars.prod.s3.eu-central-1.', { Ref: 'AWS::URLSuffix' }]] },
    S3OriginConfig: {},
  },
  {
    Id: 'press',
    DomainName: { 'Fn::GetAtt': ['Images', 'RegionalDomainName'] },
    OriginPath: '/approved',
    S3OriginConfig: {},
  },
  { Id: 'website', DomainName: 'www.example.com', CustomOriginConfig: {} },
  { Id: 'global', DomainName: 'avatars.s3.amazonaws.com', S3OriginConfig: {} },
];

/** A cache behaviour like the fixture's default one. */
export const behavior = (PathPattern: string, TargetOriginId: string, over: object = {}) => ({
  PathPattern,
  ...distributionConfig().DefaultCacheBehavior,
  TargetOriginId,
  ...over,
});

/** A distribution with these behaviours, the default one first. */
export function behaviors(defaultBehavior: object, ...CacheBehaviors: object[]): AssemblyFixture {
  return {
    handler: CROPS,
    properties: {
      Distribution: {
        DistributionConfig: distributionConfig(defaultBehavior, { CacheBehaviors, Origins: ORIGINS }),
      },
    },
  };
}

/** Tells for a crop which bucket it was asked for. */
const CROPS = `
  if (response.status !== '200' || !request.querystring) return response;
  response.headers['content-type'] = [{ key: 'Content-Type', value: 'text/plain' }];
  delete response.headers['content-length'];
  return { ...response, body: request.origin.s3.domainName + request.origin.s3.path + ' ' + request.querystring };`;
