import { z } from 'zod';

/** A reference from one resource to another: `{ "Ref": … }` or `{ "Fn::GetAtt": [ … ] }`. */
const referenceOr = (error?: string) =>
  z.union(
    [
      z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
      z
        .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
        .transform((value) => value['Fn::GetAtt'][0]),
    ],
    error,
  );
const reference = referenceOr();

const functionAssociation = z.object({ EventType: z.string(), FunctionARN: reference });
const lambdaAssociation = z.object({
  EventType: z.string(),
  LambdaFunctionARN: reference,
  IncludeBody: z.boolean().optional(),
});

/** `AWS::URLSuffix` in the partition that CloudFront runs in. */
const URL_SUFFIX = 'amazonaws.com';
/** The literal domain of a bucket that the stack does not create. */
const domainPart = z.union([
  z.string(),
  z.object({ Ref: z.literal('AWS::URLSuffix') }).transform(() => URL_SUFFIX),
]);
const domain = z.union([
  z.string(),
  z
    .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(domainPart)]) })
    .transform((value) => value['Fn::Join'][1].join('')),
]);

/** The parts of an S3 origin. */
export const bucketOriginSchema = z.object({
  /** The `{ id }` of a bucket in the template, or the `{ domain }` of another one. */
  DomainName: z.union(
    [reference.transform((id) => ({ id })), domain.transform((text) => ({ domain: text }))],
    'the origin is not a bucket with a known name',
  ),
  OriginPath: z.string().default(''),
  S3OriginConfig: z.object({}, 'only S3 buckets are supported as origins'),
});

/** The parts of a cache behaviour. */
export const behaviorSchema = z.object({
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: referenceOr('a cache policy outside the template is not supported'),
  ResponseHeadersPolicyId: referenceOr(
    'a response headers policy outside the template is not supported',
  ).optional(),
  OriginRequestPolicyId: z.undefined('an origin request policy is not supported').optional(),
  TargetOriginId: z.string(),
  Compress: z.literal(false, 'compression is not supported').optional(),
  FunctionAssociations: z.array(functionAssociation).default([]),
  LambdaFunctionAssociations: z.array(lambdaAssociation).default([]),
});

/** The functions of a behaviour, even of one that is otherwise unsupported. */
export const associationsSchema = z.object({
  FunctionAssociations: z.array(z.object({ EventType: z.string() })).default([]),
  LambdaFunctionAssociations: z.array(z.object({ EventType: z.string() })).default([]),
});

/** The parts of `AWS::CloudFront::Distribution` that the edge uses. Behaviours are validated one by one. */
export const distributionSchema = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(''),
    DefaultCacheBehavior: z.looseObject({ TargetOriginId: z.string() }),
    CacheBehaviors: z
      .array(z.looseObject({ PathPattern: z.string(), TargetOriginId: z.string() }))
      .default([]),
    CustomErrorResponses: z.array(z.unknown()).max(0, 'custom error responses are not supported').optional(),
    Origins: z.array(z.looseObject({ Id: z.string() })),
  }),
});

/** The parts of `AWS::CloudFront::CachePolicy`. */
export const cachePolicySchema = z.object({
  CachePolicyConfig: z.object({
    MinTTL: z.number(),
    DefaultTTL: z.number(),
    MaxTTL: z.number(),
    ParametersInCacheKeyAndForwardedToOrigin: z.object({
      CookiesConfig: z.object({
        CookieBehavior: z.literal('none', 'cookies in the cache key are not supported'),
      }),
      HeadersConfig: z.object({
        HeaderBehavior: z.literal('none', 'headers in the cache key are not supported'),
      }),
      EnableAcceptEncodingBrotli: z.literal(false, 'cache entries per encoding are not supported').optional(),
      EnableAcceptEncodingGzip: z.literal(false, 'cache entries per encoding are not supported'),
      QueryStringsConfig: z.object({
        QueryStringBehavior: z.enum(
          ['none', 'whitelist', 'all'],
          'all query strings but some are not supported',
        ),
        QueryStrings: z.array(z.string()).default([]),
      }),
    }),
  }),
});

const items = z.object({ Items: z.array(z.string()) }).transform(({ Items }) => Items);
const override = { Override: z.boolean() };

/** All of `AWS::CloudFront::ResponseHeadersPolicy`: strict, so that an unknown part is refused, not ignored. */
export const responseHeadersPolicySchema = z.object({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.unknown(),
    Comment: z.unknown().optional(),
    CorsConfig: z
      .strictObject({
        AccessControlAllowCredentials: z.boolean(),
        AccessControlAllowHeaders: items,
        AccessControlAllowMethods: items,
        AccessControlAllowOrigins: items,
        AccessControlExposeHeaders: items.optional(),
        AccessControlMaxAgeSec: z.number().optional(),
        OriginOverride: z.boolean(),
      })
      .optional(),
    CustomHeadersConfig: z
      .object({ Items: z.array(z.object({ ...override, Header: z.string(), Value: z.string() })) })
      .optional(),
    ServerTimingHeadersConfig: z.object({ Enabled: z.boolean(), SamplingRate: z.number() }).optional(),
    RemoveHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string() })) }).optional(),
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: z.object({ ...override, ContentSecurityPolicy: z.string() }).optional(),
        ContentTypeOptions: z.object(override).optional(),
        FrameOptions: z.object({ ...override, FrameOption: z.string() }).optional(),
        ReferrerPolicy: z.object({ ...override, ReferrerPolicy: z.string() }).optional(),
        StrictTransportSecurity: z
          .object({
            ...override,
            AccessControlMaxAgeSec: z.number(),
            IncludeSubdomains: z.boolean().optional(),
            Preload: z.boolean().optional(),
          })
          .optional(),
      })
      .optional(),
  }),
});

/** The parts of `AWS::Lambda::Version`. */
export const lambdaVersionSchema = z.object({ FunctionName: reference });

/** The parts of `AWS::Lambda::Function`, with Lambda's defaults. */
export const lambdaFunctionSchema = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
});

/** The parts of `AWS::CloudFront::Function`. */
export const cloudFrontFunctionSchema = z.object({
  FunctionCode: z.string(),
  FunctionConfig: z.object({
    Runtime: z.string(),
    KeyValueStoreAssociations: z
      .array(z.object({ KeyValueStoreARN: reference }))
      .max(1, 'a function can have only one key value store')
      .default([]),
  }),
});

/** A template; the properties of resources are validated where they are read. */
export const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().optional() })),
});

/** The resources of a template, by logical id. */
export type TemplateResources = z.output<typeof templateSchema>['Resources'];

/** Returns the logical ids of all resources of a type. */
export function resourceIds(resources: TemplateResources, type: string): readonly string[] {
  return Object.keys(resources).filter((id) => resources[id]?.Type === type);
}
