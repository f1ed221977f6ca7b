import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { UserError } from '../../errors/user-error';
import type { TtlPolicy } from '../cache/freshness';
import { type ResponseHeadersPolicy, readResponseHeadersPolicy } from './response-headers-policy';
import * as template from './template';

/** What makes a cache key, and how long what is under it is kept. */
export interface CachePolicy extends TtlPolicy {
  /** The query strings that count, by name. */
  readonly queryStrings: readonly string[];
}

/** A Lambda@Edge function as it is deployed. */
export interface LambdaFunction {
  readonly assetFolder: string;
  /** `file.export`, as in `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

/** A CloudFront Function as it is deployed. */
export interface CloudFrontFunction {
  readonly code: string;
  /** `cloudfront-js-1.0` or `cloudfront-js-2.0`. */
  readonly runtime: string;
  /** The logical id of the store that it reads; none where absent. */
  readonly keyValueStore?: string;
}

/** A bucket behind the distribution. */
export interface S3Origin {
  /** Its name; its logical id where the stack creates it, since the name is not known before the deploy. */
  readonly bucket: string;
  readonly isCreated: boolean;
  readonly originPath: string;
  readonly region: string;
}

/** What decides how the paths of one pattern are answered. */
export interface Behavior {
  /** `*` for the default behaviour. */
  readonly pathPattern: string;
  readonly allowedMethods: readonly string[];
  readonly cachePolicy: CachePolicy;
  readonly responseHeadersPolicy: ResponseHeadersPolicy;
  readonly viewerRequest: CloudFrontFunction | undefined;
  readonly originResponse: LambdaFunction | undefined;
  readonly origin: S3Origin;
}

/** A behaviour that the edge can't serve, and why in a line. */
export interface UnservedBehavior {
  readonly pathPattern: string;
  readonly unserved: string;
}

/** One distribution, as far as it decides what a viewer is answered. */
export interface EdgeAssembly {
  /** The empty string where there is none. */
  readonly defaultRootObject: string;
  /** In their order of precedence; the default is the last. */
  readonly behaviors: readonly (Behavior | UnservedBehavior)[];
}

/** The behaviours that the edge can serve: never none. */
export function servedBehaviors({ behaviors }: EdgeAssembly): readonly Behavior[] {
  return behaviors.filter((behavior) => 'origin' in behavior);
}

type Resources = z.infer<typeof template.templateSchema>['Resources'];

/**
 * Reads the distribution out of a synthesised cloud assembly.
 *
 * @param folder what `cdk synth` wrote, usually `cdk.out`
 * @throws UserError where there is no assembly, no distribution or one that does something the edge can't
 */
export function readAssembly(folder: string): EdgeAssembly {
  const root = resolve(folder);
  if (!existsSync(join(root, 'manifest.json'))) {
    throw new UserError(`${folder} is not a cloud assembly (it has no manifest.json); run: npm run synth`);
  }
  const { artifacts } = read(root, 'manifest.json', template.manifestSchema);
  const stacks = Object.values(artifacts).flatMap(({ environment, properties }) => {
    if (!properties?.templateFile) return [];
    const { Resources } = read(root, properties.templateFile, template.templateSchema);
    return idsOf(Resources, 'AWS::CloudFront::Distribution').map((id) => ({ Resources, id, environment }));
  });
  const [stack] = stacks;
  if (!stack || stacks.length > 1) {
    throw new UserError(
      `${folder} holds ${stacks.length} distributions, the edge serves one; run: npm run synth`,
    );
  }
  const assets = new Map(
    Object.values(artifacts).flatMap(({ type, properties }) =>
      type === 'cdk:asset-manifest' && properties?.file
        ? Object.entries(read(root, properties.file, template.assetManifestSchema).files)
        : [],
    ),
  );
  const region = stack.environment?.split('/').pop() ?? 'us-east-1';
  return readDistribution(stack.Resources, stack.id, region, (hash) => {
    const path = assets.get(hash)?.source.path;
    if (!path) throw new UserError(`${folder} has no asset ${hash}; run: npm run synth`);
    return join(root, path);
  });
}

function readDistribution(
  resources: Resources,
  id: string,
  region: string,
  assetFolder: (hash: string) => string,
): EdgeAssembly {
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
      // A website beside the pictures must not keep the pictures from being served.
      if (!(error instanceof UserError)) throw error;
      return { pathPattern: behavior.PathPattern, unserved: error.message };
    }
  });
  const [first] = behaviors;
  if (first && behaviors.every((behavior) => 'unserved' in behavior)) throw new UserError(first.unserved);
  return { defaultRootObject: config.DefaultRootObject, behaviors };
}

/** Where pictures are cropped, a function that does not run would make a difference that nobody sees. */
function refuseOtherFunctions(behavior: unknown, name: string): void {
  const associations = checked(template.associationsSchema, behavior, name);
  const { FunctionAssociations: functions, LambdaFunctionAssociations: lambdas } = associations;
  const crops = lambdas.some(({ EventType }) => EventType === 'origin-response');
  const others = [
    ...functions.filter(({ EventType }) => EventType !== 'viewer-request'),
    ...lambdas.filter(({ EventType }) => EventType !== 'origin-response'),
  ];
  if (crops && others[0]) {
    throw new UserError(`${name}: the edge runs no function for ${others[0].EventType}`);
  }
}

function readBehavior(
  resources: Resources,
  configured: unknown,
  name: string,
  assetFolder: (hash: string) => string,
): Omit<Behavior, 'origin' | 'pathPattern'> {
  const behavior = checked(template.behaviorSchema, configured, name);
  const viewerRequest = behavior.FunctionAssociations[0];
  const originResponse = behavior.LambdaFunctionAssociations[0];
  if (viewerRequest && viewerRequest.EventType !== 'viewer-request') {
    throw new UserError(`${name}: the edge runs no function for ${viewerRequest.EventType}`);
  }
  if (originResponse && originResponse.EventType !== 'origin-response') {
    throw new UserError(`${name}: the edge runs no Lambda function for ${originResponse.EventType}`);
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

function readOrigin(resources: Resources, configured: unknown, name: string, region: string): S3Origin {
  if (configured === undefined) throw new UserError(`${name}: the edge serves no origin groups`);
  const { DomainName, OriginPath } = checked(template.s3OriginSchema, configured, name);
  if ('id' in DomainName) {
    const { id } = DomainName;
    if (resources[id]?.Type !== 'AWS::S3::Bucket') {
      throw new UserError(`${name}: the edge serves buckets; ${id} is something else`);
    }
    return { bucket: id, isCreated: true, originPath: OriginPath, region };
  }
  const [, bucket, place] = REGIONAL_DOMAIN.exec(DomainName.domain) ?? [];
  if (bucket === undefined || place === undefined) {
    throw new UserError(`${name}: the edge finds no bucket and region in ${DomainName.domain}`);
  }
  return { bucket, isCreated: false, originPath: OriginPath, region: place };
}

function readCachePolicy(resources: Resources, id: string): CachePolicy {
  const { CachePolicyConfig: config } = properties(resources, id, template.cachePolicySchema);
  return {
    minTtl: config.MinTTL,
    defaultTtl: config.DefaultTTL,
    maxTtl: config.MaxTTL,
    queryStrings: config.ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig.QueryStrings,
  };
}

function readLambda(
  resources: Resources,
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

function readCloudFrontFunction(resources: Resources, id: string): CloudFrontFunction {
  const { FunctionCode, FunctionConfig } = properties(resources, id, template.cloudFrontFunctionSchema);
  const [store] = FunctionConfig.KeyValueStoreAssociations;
  return {
    code: FunctionCode,
    runtime: FunctionConfig.Runtime,
    ...(store && { keyValueStore: store.KeyValueStoreARN }),
  };
}

function idsOf(resources: Resources, type: string): readonly string[] {
  return Object.keys(resources).filter((id) => resources[id]?.Type === type);
}

function properties<S extends z.ZodType>(resources: Resources, id: string, schema: S): z.output<S> {
  return checked(schema, resources[id]?.Properties, id);
}

function read<S extends z.ZodType>(root: string, file: string, schema: S): z.output<S> {
  try {
    return checked(schema, JSON.parse(readFileSync(join(root, file), 'utf8')), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${join(root, file)} can't be read as JSON; run: npm run synth`, { cause: error });
  }
}

function checked<S extends z.ZodType>(schema: S, value: unknown, name: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(`${name}: the edge can't serve ${issue?.path.join('.')}: ${issue?.message}`);
}
