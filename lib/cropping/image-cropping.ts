import { CfnOutput, Duration, Stack, Token } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  FunctionEventType,
  type IKeyValueStore,
  KeyValueStore,
  LambdaEdgeEventType,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { CroppingOptions } from '../configuration/options';
import { requireUsEast1 } from '../configuration/region';
import { builtFunctions } from './built-functions';
import { readCroppingProps } from './cropping-props';
import { ImageOrigin } from './image-origin';
import { OriginResponseFunction } from './origin-response-function';
import { allowReading, readableBucket } from './readable-bucket';
import { sharedPolicy } from './shared-policy';
import { suppressFinding } from './suppress-finding';
import { agreementId, versionsOf } from './versions';
import { sharedViewerRequest, type ViewerRequestFunction } from './viewer-request-function';

export interface ImageCroppingProps {
  /** The private bucket with the originals: of this stack, of another stack of the app, or an imported one. */
  readonly bucket: IBucket;
  /**
   * The folder of the bucket in which the paths of URLs begin, as `/media`.
   *
   * @default - the whole bucket
   */
  readonly originPath?: string | undefined;
  /**
   * How images are cropped.
   *
   * @default - type `A`, quality 75, a day in caches
   */
  readonly options?: CroppingOptions | undefined;
  /**
   * Memory of the function that renders, in megabytes, 1,769…10,240.
   *
   * @default 1769 - one vCPU
   */
  readonly memorySize?: number | undefined;
  /**
   * The region of Origin Shield, in which the function that renders runs as well.
   *
   * @default - no Origin Shield: the function runs in the region nearest to the viewer
   */
  readonly originShieldRegion?: string | undefined;
  /**
   * How many days the log in us-east-1 is kept.
   *
   * @default 30
   */
  readonly logRetentionDays?: RetentionDays | undefined;
  /**
   * The store of another cropping, for two croppings that accept the same signatures.
   *
   * @default - a new store if the options ask for signatures
   */
  readonly signingKeys?: IKeyValueStore | undefined;
}

/**
 * Cropping for the images of one bucket, to be added to any distribution:
 *
 *     distribution.addBehavior('/photos/*', cropping.behaviorOptions.origin, cropping.behaviorOptions)
 *
 * @throws Error if a prop is wrong, with one line for each mistake, or if the stack is not in us-east-1
 */
export class ImageCropping extends Construct {
  /** Origin, policies and functions of a cache behaviour that crops. */
  readonly behaviorOptions: BehaviorOptions;
  /** The function that renders, for alarms and dashboards. */
  readonly originResponse: OriginResponseFunction;
  /** The function in front of the cache. Croppings of one stack with the same settings share it. */
  readonly viewerRequest: ViewerRequestFunction;
  /** The bucket as this stack reads it. */
  readonly bucket: IBucket;
  /** The store with the keys that URLs are signed with; empty until `edgecrop keys create`. Undefined without signing. */
  readonly signingKeys: IKeyValueStore | undefined;
  /** The ARN of {@link signingKeys}, for `edgecrop keys --kvs`. */
  readonly signingKeysArn: string | undefined;
  /** The output with that ARN, where this cropping has created the store. */
  readonly signingKeysOutput: CfnOutput | undefined;

  constructor(scope: Construct, id: string, props: ImageCroppingProps) {
    super(scope, id);
    requireUsEast1(this);
    const {
      originPath,
      settings: croppingSettings,
      ...infrastructure
    } = readCroppingProps(this.node.path, props);
    const versions = versionsOf(croppingSettings, builtFunctions().drawing);
    const settings = { ...croppingSettings, ...versions, deployment: deploymentOf(this) };

    this.originResponse = new OriginResponseFunction(this, 'OriginResponse', {
      settings,
      memorySize: infrastructure.memorySize,
      logRetentionDays: infrastructure.logRetentionDays,
    });
    this.bucket = readableBucket(this, props.bucket, originPath);
    allowReading(this.originResponse, this.bucket, originPath, settings.missing?.key);
    suppressFinding(this.originResponse, 'AwsSolutions-IAM5', 'a URL can name any object of the bucket');

    if (settings.signing) {
      this.signingKeys = props.signingKeys ?? this.createSigningKeys();
      this.signingKeysArn = this.signingKeys.keyValueStoreArn;
      if (!props.signingKeys) {
        this.signingKeysOutput = new CfnOutput(this, 'SigningKeysArn', {
          description: 'The store with the keys that URLs are signed with',
          value: this.signingKeysArn,
        });
      }
    }

    // Another agreement between the functions makes a new one, so that one update of the distribution switches both.
    this.viewerRequest = sharedViewerRequest(
      this,
      `ViewerRequest${agreementId(croppingSettings, versions)}`,
      {
        settings,
        ...(this.signingKeys && { keyValueStore: this.signingKeys }),
      },
    );

    this.behaviorOptions = {
      origin: new ImageOrigin({
        bucket: this.bucket,
        originPath,
        hasPolicies: this.bucket !== props.bucket,
        originShieldRegion: infrastructure.originShieldRegion,
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      // Images are compressed already, and each encoding would be a cache entry of its own.
      compress: false,
      cachePolicy: this.createCachePolicy(settings.ttl),
      responseHeadersPolicy: this.createResponseHeadersPolicy(),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: this.viewerRequest,
        },
      ],
      edgeLambdas: [
        {
          eventType: LambdaEdgeEventType.ORIGIN_RESPONSE,
          functionVersion: this.originResponse.currentVersion,
        },
      ],
    };
  }

  /** CloudFront alone stores the keys: `edgecrop keys` writes them, and no template ever contains one. */
  private createSigningKeys(): KeyValueStore {
    return new KeyValueStore(this, 'SigningKeys', {
      comment: 'edgecrop: the keys that URLs are signed with',
    });
  }

  private createCachePolicy(ttl: number): CachePolicy {
    return sharedPolicy(CachePolicy, 'cachePolicyName', this, {
      comment: 'edgecrop: the path and the crop',
      // Above zero, CloudFront would cache a fallback that says `no-store`:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(ttl),
      maxTtl: Duration.days(365),
      // Lambda@Edge sees a query only where all of it is forwarded. The viewer-request function writes it anew, so the
      // key has nothing that a viewer made up:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html#function-restrictions-query-strings
      queryStringBehavior: CacheQueryStringBehavior.all(),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingGzip: false,
      enableAcceptEncodingBrotli: false,
    });
  }

  private createResponseHeadersPolicy(): ResponseHeadersPolicy {
    return sharedPolicy(ResponseHeadersPolicy, 'responseHeadersPolicyName', this, {
      comment: 'edgecrop: pictures that any page may show and that never run as a page',
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowHeaders: ['*'],
        accessControlAllowCredentials: false,
        originOverride: true,
      },
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        // An uploaded SVG or HTML file opens without script, form or origin.
        contentSecurityPolicy: {
          contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
          override: true,
        },
      },
      // Shows hits and misses, and passes on what the function adds on a miss:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#server-timing-header
      serverTimingSamplingRate: 100,
      customHeadersBehavior: { customHeaders: [{ header: 'vary', value: 'Accept', override: true }] },
    });
  }
}

/** The name under which the function's metrics are counted: two stacks of one account do not share alarms. */
function deploymentOf(scope: Construct): string {
  const { stackName, node } = Stack.of(scope);
  return Token.isUnresolved(stackName) ? node.path : stackName;
}
