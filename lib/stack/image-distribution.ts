import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  type BehaviorOptions,
  Distribution,
  HttpVersion,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { suppressFinding } from '../cropping/suppress-finding';

export interface ImageDistributionProps {
  /** For paths that match no pattern. */
  readonly defaultBehavior: BehaviorOptions;
  /**
   * For the paths of each pattern; the first match counts.
   *
   * @default - none
   */
  readonly additionalBehaviors?: Readonly<Record<string, BehaviorOptions>>;
  /**
   * Custom names, and the certificate in us-east-1 that covers them.
   *
   * @default - CloudFront's name and certificate, for which CloudFront itself chooses the TLS versions
   */
  readonly domain?: { readonly names: string[]; readonly certificate: ICertificate };
  /**
   * A web ACL of WAFv2 for CloudFront.
   *
   * @default - none
   */
  readonly webAclArn?: string | undefined;
}

/** A distribution that serves images and nothing else. */
export class ImageDistribution extends Distribution {
  constructor(scope: Construct, id: string, props: ImageDistributionProps) {
    super(scope, id, {
      comment: 'edgecrop: crops of the pictures in a private bucket',
      defaultBehavior: props.defaultBehavior,
      ...(props.additionalBehaviors && { additionalBehaviors: props.additionalBehaviors }),
      // The origin may list its bucket, so `/` would be the listing. An object of this name need not exist: then
      // `/` is a 404.
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(props.domain && { domainNames: props.domain.names, certificate: props.domain.certificate }),
      ...(props.webAclArn && { webAclId: props.webAclArn }),
    });
    suppressFinding(this, 'AwsSolutions-CFR1', 'pictures are for viewers everywhere');
    suppressFinding(this, 'AwsSolutions-CFR2', 'a web ACL costs by the request; webAclArn names one');
    suppressFinding(
      this,
      'AwsSolutions-CFR3',
      'the rule knows logging of the first version; accessLogs is the second',
    );
    suppressFinding(
      this,
      'AwsSolutions-CFR4',
      "CloudFront's own certificate lets CloudFront settle the TLS versions",
    );
  }
}
