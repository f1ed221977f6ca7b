import type { ResponseHeadersPolicy } from './response-headers-policy';

/** What the edge needs to know of one distribution. */
export interface EdgeAssembly {
  /** Empty if there is none. */
  readonly defaultRootObject: string;
  /** In order of precedence; the default behaviour is the last. */
  readonly behaviors: readonly (Behavior | UnsupportedBehavior)[];
}

/** How requests for one path pattern are answered. */
export interface Behavior {
  /** `*` for the default behaviour. */
  readonly pathPattern: string;
  readonly allowedMethods: readonly string[];
  readonly cachePolicy: CachePolicy;
  readonly responseHeadersPolicy: ResponseHeadersPolicy;
  readonly viewerRequest: CloudFrontFunction | undefined;
  readonly originResponse: LambdaFunction | undefined;
  readonly origin: BucketOrigin;
}

/** A behaviour that the edge cannot serve. */
export interface UnsupportedBehavior {
  readonly pathPattern: string;
  /** The reason, in one line. */
  readonly unsupported: string;
}

/** A cache policy. TTLs are in seconds. */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  /** The names of the query strings in the cache key and in requests to the origin. */
  readonly queryStrings: 'all' | readonly string[];
}

/** A CloudFront Function. */
export interface CloudFrontFunction {
  readonly code: string;
  /** `cloudfront-js-1.0` or `cloudfront-js-2.0`. */
  readonly runtime: string;
  /**
   * The logical id of its KeyValueStore.
   *
   * @default - none
   */
  readonly keyValueStore?: string;
}

/** A Lambda@Edge function. */
export interface LambdaFunction {
  readonly assetFolder: string;
  /** `file.export`, such as `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

/** An S3 bucket as an origin. */
export interface BucketOrigin {
  /** The bucket's name. If the stack creates the bucket, the name is not known yet and this is its logical id. */
  readonly bucket: string;
  readonly isCreated: boolean;
  /** The prefix of every key, with a leading slash; empty if there is none. */
  readonly originPath: string;
  readonly region: string;
}
