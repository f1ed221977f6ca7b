import type { z } from 'zod';
import { UserError } from '../../errors/user-error';
import type {
  Behavior,
  BucketOrigin,
  CachePolicy,
  CloudFrontFunction,
  EdgeAssembly,
  LambdaFunction,
} from './behavior';
import { readResponseHeadersPolicy } from './response-headers-policy';
import type { TemplateResources } from './template';
import * as template from './template';
import { validate } from './validate';

export interface ReadDistributionOptions {
  readonly resources: TemplateResources;
  /** The distribution's logical id. */
  readonly id: string;
  /** The stack's region, where it creates its bucket. */
  readonly region: string;
  /**
   * Returns the folder of an asset by its hash.
   *
   * @throws UserError if there is none
   */
  readonly assetFolder: (hash: string) => string;
}

/**
 * Reads a distribution and everything its behaviours refer to.
 *
 * @throws UserError if no behaviour can be served, or if ignoring a part would change crops
 */
export function readDistribution(options: ReadDistributionOptions): EdgeAssembly {
  const { resources, id, region, assetFolder } = options;
  const { DistributionConfig: config } = properties(resources, id, template.distributionSchema);
  const configured = [...config.CacheBehaviors, { ...config.DefaultCacheBehavior, PathPattern: '*' }];
  const behaviors = configured.map((behavior) => {
    const name = `${id}, behaviour ${behavior.PathPattern}`;
    const origin = config.Origins.find(({ Id }) => Id === behavior.TargetOriginId);
    refuseOtherFunctions(behavior, name);
    try {
      return {
        pathPattern: behavior.PathPattern,
        ...readBehavior(resources, behavior, name, assetFolder),
        origin: readOrigin(resources, origin, name, region),
      };
    } catch (error) {
      // Other behaviours, such as a website, must not prevent the images from being served.
      if (!(error instanceof UserError)) throw error;
      return { pathPattern: behavior.PathPattern, unsupported: error.message };
    }
  });
  const [first] = behaviors;
  if (first && behaviors.every((behavior) => 'unsupported' in behavior))
    throw new UserError(first.unsupported);
  return { defaultRootObject: config.DefaultRootObject, behaviors };
}

/** Refuses rather than ignores: skipping another function here would silently change the crops. */
function refuseOtherFunctions(behavior: unknown, name: string): void {
  const associations = validate(template.associationsSchema, behavior, name);
  const { FunctionAssociations: functions, LambdaFunctionAssociations: lambdas } = associations;
  const isCropped = lambdas.some(({ EventType }) => EventType === 'origin-response');
  const others = [
    ...functions.filter(({ EventType }) => EventType !== 'viewer-request'),
    ...lambdas.filter(({ EventType }) => EventType !== 'origin-response'),
  ];
  if (isCropped && others[0]) {
    throw new UserError(`${name}: the edge does not run functions at ${others[0].EventType}`);
  }
}

function readBehavior(
  resources: TemplateResources,
  configured: unknown,
  name: string,
  assetFolder: (hash: string) => string,
): Omit<Behavior, 'origin' | 'pathPattern'> {
  const behavior = validate(template.behaviorSchema, configured, name);
  const viewerRequest = behavior.FunctionAssociations[0];
  const originResponse = behavior.LambdaFunctionAssociations[0];
  if (viewerRequest && viewerRequest.EventType !== 'viewer-request') {
    throw new UserError(`${name}: the edge does not run functions at ${viewerRequest.EventType}`);
  }
  if (originResponse && originResponse.EventType !== 'origin-response') {
    throw new UserError(`${name}: the edge does not run Lambda functions at ${originResponse.EventType}`);
  }
  return {
    allowedMethods: behavior.AllowedMethods,
    cachePolicy: readCachePolicy(resources, behavior.CachePolicyId),
    responseHeadersPolicy: readResponseHeadersPolicy(
      behavior.ResponseHeadersPolicyId === undefined
        ? undefined
        : properties(resources, behavior.ResponseHeadersPolicyId, template.responseHeadersPolicySchema),
    ),
    viewerRequest: viewerRequest && readCloudFrontFunction(resources, viewerRequest.FunctionARN),
    originResponse: originResponse && readLambda(resources, originResponse.LambdaFunctionARN, assetFolder),
  };
}

/** Bucket names may hold dots. https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
const REGIONAL_DOMAIN = /^(.+)\.s3\.([a-z0-9-]+)\.amazonaws\.com$/;

function readOrigin(
  resources: TemplateResources,
  configured: unknown,
  name: string,
  region: string,
): BucketOrigin {
  if (configured === undefined) throw new UserError(`${name}: the edge does not support origin groups`);
  const { DomainName, OriginPath } = validate(template.bucketOriginSchema, configured, name);
  if ('id' in DomainName) {
    const { id } = DomainName;
    if (resources[id]?.Type !== 'AWS::S3::Bucket') {
      throw new UserError(`${name}: the edge supports only S3 buckets as origins; ${id} is not one`);
    }
    return { bucket: id, isCreated: true, originPath: OriginPath, region };
  }
  const [, bucket, bucketRegion] = REGIONAL_DOMAIN.exec(DomainName.domain) ?? [];
  if (bucket === undefined || bucketRegion === undefined) {
    throw new UserError(`${name}: the edge can't tell the bucket and its region from ${DomainName.domain}`);
  }
  return { bucket, isCreated: false, originPath: OriginPath, region: bucketRegion };
}

function readCachePolicy(resources: TemplateResources, id: string): CachePolicy {
  const { CachePolicyConfig: config } = properties(resources, id, template.cachePolicySchema);
  const { QueryStringBehavior, QueryStrings } =
    config.ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig;
  return {
    minTtl: config.MinTTL,
    defaultTtl: config.DefaultTTL,
    maxTtl: config.MaxTTL,
    queryStrings: QueryStringBehavior === 'all' ? 'all' : QueryStrings,
  };
}

function readLambda(
  resources: TemplateResources,
  versionId: string,
  assetFolder: (hash: string) => string,
): LambdaFunction {
  const { FunctionName } = properties(resources, versionId, template.lambdaVersionSchema);
  const config = properties(resources, FunctionName, template.lambdaFunctionSchema);
  return {
    assetFolder: assetFolder(config.Code.S3Key.replace(/\.zip$/, '')),
    handler: config.Handler,
    timeoutSeconds: config.Timeout,
    memoryMegabytes: config.MemorySize,
  };
}

function readCloudFrontFunction(resources: TemplateResources, id: string): CloudFrontFunction {
  const { FunctionCode, FunctionConfig } = properties(resources, id, template.cloudFrontFunctionSchema);
  const [store] = FunctionConfig.KeyValueStoreAssociations;
  return {
    code: FunctionCode,
    runtime: FunctionConfig.Runtime,
    ...(store && { keyValueStore: store.KeyValueStoreARN }),
  };
}

function properties<S extends z.ZodType>(resources: TemplateResources, id: string, schema: S): z.output<S> {
  return validate(schema, resources[id]?.Properties, id);
}
