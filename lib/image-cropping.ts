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
  LambdaEdgeEventType,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { FORWARDED } from '../lambda/params/table';
import { accept } from './accepted-findings';
import { type Configuration, readConfiguration } from './configuration';
import { OriginResponseFunction } from './origin-response-function';
import { pixelVersion } from './pixel-version';
import { requireUsEast1 } from './region';
import { writeSettingsFile } from './settings-file';
import { ViewerRequestFunction } from './viewer-request-function';

export interface ImageCroppingProps {
  /** The private bucket that holds the originals. */
  readonly bucket: IBucket;
  /**
   * How pictures are cropped.
   *
   * @default - type `A`, quality 80, a day in caches
   */
  readonly configuration?: Configuration;
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

  constructor(scope: Construct, id: string, props: ImageCroppingProps) {
    super(scope, id);
    requireUsEast1(this);
    const configured = readConfiguration(props.configuration);
    const v = pixelVersion(configured);
    const settingsFile = writeSettingsFile(this, { ...configured, v });

    this.originResponse = new OriginResponseFunction(this, 'OriginResponse', {
      settingsFile,
      ...(props.memorySize && { memorySize: props.memorySize }),
      ...(props.logRetentionDays && { logRetentionDays: props.logRetentionDays }),
    });
    this.originResponse.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [props.bucket.arnForObjects('*')] }),
    );
    accept(this.originResponse, 'AwsSolutions-IAM5', 'every object of the bucket may be asked for');

    this.behaviorOptions = {
      // Without the right to list, S3 answers 403 for an object that is not there. What the right would
      // open, a listing at `/`, is closed by the function and by `defaultRootObject`.
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
      origin: S3BucketOrigin.withOriginAccessControl(props.bucket, {
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
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
          function: new ViewerRequestFunction(this, `ViewerRequest${v}`, { settingsFile }),
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

  private createCachePolicy(ttl: number): CachePolicy {
    return new CachePolicy(this, 'CachePolicy', {
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
    return new ResponseHeadersPolicy(this, 'ResponseHeadersPolicy', {
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
