import { Duration } from 'aws-cdk-lib';
import {
  AccessLevel,
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
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { FORWARDED } from '../../lambda/contract/parameters/table';
import { type CroppingOptions, readCroppingOptions } from '../configuration/cropping-options';
import { requireUsEast1 } from '../configuration/region';
import { OriginResponseFunction } from './origin-response-function';
import { pixelVersion } from './pixel-version';
import { writeSettingsFile } from './settings-file';
import { sharedPolicy } from './shared-policy';
import { suppressFinding } from './suppress-finding';
import { ViewerRequestFunction } from './viewer-request-function';

export interface ImageCroppingProps {
  /** The private bucket that holds the originals. */
  readonly bucket: IBucket;
  /**
   * The folder of the bucket in which the paths of URLs begin, as `/media`.
   *
   * @default - the whole bucket
   */
  readonly originPath?: string;
  /**
   * How pictures are cropped.
   *
   * @default - type `A`, quality 80, a day in caches
   */
  readonly configuration?: CroppingOptions;
  /**
   * Of the function that renders, in megabytes, 1,769…10,240.
   *
   * @default 1769 - a whole vCPU
   */
  readonly memorySize?: number;
  /**
   * The region of Origin Shield, and with it of the function that renders.
   *
   * @default - no Origin Shield: the function runs in the region nearest to the viewer
   */
  readonly originShieldRegion?: string | undefined;
  /**
   * How long the log in us-east-1 is kept, in days that CloudWatch Logs knows.
   *
   * @default 30
   */
  readonly logRetentionDays?: RetentionDays;
  /**
   * The store of another cropping, where both are to take the same signatures.
   *
   * @default - a new one, where the configuration wants signatures
   */
  readonly signingKeys?: IKeyValueStore;
}

/**
 * Cropping for one bucket, to be hung into any distribution:
 *
 *     distribution.addBehavior('/photos/*', cropping.behaviorOptions.origin, cropping.behaviorOptions)
 */
export class ImageCropping extends Construct {
  /** Origin, policies and function of a cache behaviour that crops. */
  readonly behaviorOptions: BehaviorOptions;
  /** The function that renders, for alarms and dashboards. */
  readonly originResponse: OriginResponseFunction;
  /** Where the configuration wants signatures: the store with the keys, empty until `npm run keys -- create`. */
  readonly signingKeys?: IKeyValueStore;
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: ImageCroppingProps) {
    super(scope, id);
    requireUsEast1(this);
    const configured = readCroppingOptions(props.configuration);
    const v = pixelVersion(configured);
    const settingsFile = writeSettingsFile(this, { ...configured, v });

    this.originResponse = new OriginResponseFunction(this, 'OriginResponse', {
      settingsFile,
      ...(props.memorySize && { memorySize: props.memorySize }),
      ...(props.logRetentionDays && { logRetentionDays: props.logRetentionDays }),
    });
    const { bucket, originPath = '' } = props;
    this.bucket = bucket;
    this.originResponse.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects(`${originPath}/*`.slice(1))],
      }),
    );
    suppressFinding(this.originResponse, 'AwsSolutions-IAM5', 'every object of the bucket may be asked for');
    if (bucket.encryptionKey) {
      this.originResponse.addToRolePolicy(
        new PolicyStatement({ actions: ['kms:Decrypt'], resources: [bucket.encryptionKey.keyArn] }),
      );
    }

    if (configured.signing) this.signingKeys = props.signingKeys ?? this.createSigningKeys();

    this.behaviorOptions = {
      // Without the right to list, S3 answers 403 for an object that is not there. What the right would
      // open, a listing at `/`, is closed by the function and by `defaultRootObject`.
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        ...(originPath && { originPath }),
        ...(props.originShieldRegion && { originShieldRegion: props.originShieldRegion }),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      // Pictures are compressed already, and each encoding would be a cache entry of its own.
      compress: false,
      cachePolicy: this.createCachePolicy(configured.ttl),
      responseHeadersPolicy: this.createResponseHeadersPolicy(),
      functionAssociations: [
        // A new `v` makes a new function, so that one update of the distribution switches both.
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new ViewerRequestFunction(this, `ViewerRequest${v}`, {
            settingsFile,
            ...(this.signingKeys && { keyValueStore: this.signingKeys }),
          }),
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

  /** The keys live in CloudFront alone: `npm run keys` writes them, no template ever holds one. */
  private createSigningKeys(): KeyValueStore {
    return new KeyValueStore(this, 'SigningKeys', {
      comment: 'edgecrop: the keys that URLs are signed with',
    });
  }

  private createCachePolicy(ttl: number): CachePolicy {
    return sharedPolicy(CachePolicy, this, {
      comment: 'edgecrop: the path and the crop',
      // Above zero, CloudFront would keep a fallback that says `no-store`:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(ttl),
      maxTtl: Duration.days(365),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...FORWARDED),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingGzip: false,
      enableAcceptEncodingBrotli: false,
    });
  }

  private createResponseHeadersPolicy(): ResponseHeadersPolicy {
    return sharedPolicy(ResponseHeadersPolicy, this, {
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
      // Tells a miss from a hit, and passes on what the function adds on a miss:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#server-timing-header
      serverTimingSamplingRate: 100,
      customHeadersBehavior: { customHeaders: [{ header: 'vary', value: 'Accept', override: true }] },
    });
  }
}
