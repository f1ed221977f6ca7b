import { z } from 'zod';

/** `{ "Ref": … }` or `{ "Fn::GetAtt": [ … ] }`: how one resource of a template names another. */
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

/** The domain of a bucket that is there already, whose name the template can only state. */
const URL_SUFFIX = 'amazonaws.com';
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

/** The parts of an origin that is a bucket. */
export const s3OriginSchema = z.object({
  /** `{ id }` of a bucket of the template, or the `{ domain }` of another one. */
  DomainName: z.union(
    [reference.transform((id) => ({ id })), domain.transform((text) => ({ domain: text }))],
    'this origin is not a bucket that can be told',
  ),
  OriginPath: z.string().default(''),
  S3OriginConfig: z.object({}, 'an origin that is not a bucket is not asked'),
});

/** The parts of a cache behaviour, the default one or one of the others. */
export const behaviorSchema = z.object({
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: referenceOr('a cache policy of another stack, or of AWS, is not known'),
  ResponseHeadersPolicyId: referenceOr(
    'a response headers policy of another stack, or of AWS, is not known',
  ).optional(),
  OriginRequestPolicyId: z.undefined('an origin request policy is not followed').optional(),
  TargetOriginId: z.string(),
  Compress: z.literal(false, 'compression is not done').optional(),
  FunctionAssociations: z.array(functionAssociation).default([]),
  LambdaFunctionAssociations: z.array(lambdaAssociation).default([]),
});

/** What runs in a behaviour, whatever else it does. */
export const associationsSchema = z.object({
  FunctionAssociations: z.array(z.object({ EventType: z.string() })).default([]),
  LambdaFunctionAssociations: z.array(z.object({ EventType: z.string() })).default([]),
});

/** The parts of `AWS::CloudFront::Distribution` that the edge acts on; behaviours are read one by one. */
export const distributionSchema = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(''),
    DefaultCacheBehavior: z.looseObject({ TargetOriginId: z.string() }),
    CacheBehaviors: z
      .array(z.looseObject({ PathPattern: z.string(), TargetOriginId: z.string() }))
      .default([]),
    CustomErrorResponses: z.array(z.unknown()).max(0, 'custom error responses are not served').optional(),
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
        CookieBehavior: z.literal('none', 'cookies in the cache key are not followed'),
      }),
      HeadersConfig: z.object({
        HeaderBehavior: z.literal('none', 'headers in the cache key are not followed'),
      }),
      EnableAcceptEncodingBrotli: z.literal(false, 'a cache entry for each encoding is not kept').optional(),
      EnableAcceptEncodingGzip: z.literal(false, 'a cache entry for each encoding is not kept'),
      QueryStringsConfig: z.object({
        QueryStringBehavior: z.enum(['none', 'whitelist'], 'only an allow-list of query strings is followed'),
        QueryStrings: z.array(z.string()).default([]),
      }),
    }),
  }),
});

const items = z.object({ Items: z.array(z.string()) }).transform(({ Items }) => Items);
const override = { Override: z.boolean() };

/** `AWS::CloudFront::ResponseHeadersPolicy`, whole: a part that is not known here is refused. */
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

/** The parts of `AWS::Lambda::Function`. Lambda's own defaults stand in for what is not said. */
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
      .max(1, 'a function has one key value store')
      .default([]),
  }),
});

/** The parts of a template. */
export const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().optional() })),
});

/** What `manifest.json` says about stacks and assets. */
export const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.object({ templateFile: z.string().optional(), file: z.string().optional() }).optional(),
    }),
  ),
});

/** What an asset manifest says about the folders that become Lambda code. */
export const assetManifestSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })),
});
