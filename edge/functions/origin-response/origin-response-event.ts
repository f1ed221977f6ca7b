import type { Headers } from '../../http/headers';
import { DISTRIBUTION_DOMAIN_NAME, DISTRIBUTION_ID } from '../distribution-identity';

/** One header field of a Lambda@Edge event. */
export interface CloudFrontHeader {
  readonly key?: string;
  readonly value: string;
}

/** The headers of a Lambda@Edge event: lists of fields by lower-case name. */
export type CloudFrontHeaders = Readonly<Record<string, readonly CloudFrontHeader[]>>;

/** The origin's response in an event. The function never receives its body. */
export interface CloudFrontResponse {
  readonly status: string;
  readonly statusDescription: string;
  readonly headers: CloudFrontHeaders;
}

/** The S3 origin in an event. */
export interface EventOrigin {
  readonly bucketName: string;
  readonly originPath: string;
  readonly region: string;
}

export interface OriginResponseInput {
  readonly requestId: string;
  readonly clientIp: string;
  readonly method: string;
  readonly uri: string;
  /** Only the query strings that the cache policy forwards. */
  readonly querystring: string;
  /** The Range and conditional headers that were sent to the origin. */
  readonly headersForOrigin: Headers;
  readonly origin: EventOrigin;
  readonly response: {
    readonly status: number;
    readonly statusDescription: string;
    readonly headers: Headers;
  };
}

/**
 * Creates the event of an origin-response trigger for an S3 origin with Origin Access Control.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 */
export function createOriginResponseEvent(input: OriginResponseInput) {
  const { bucketName, originPath, region } = input.origin;
  const domainName = `${bucketName}.s3.${region}.amazonaws.com`;
  return {
    Records: [
      {
        cf: {
          config: {
            distributionDomainName: DISTRIBUTION_DOMAIN_NAME,
            distributionId: DISTRIBUTION_ID,
            eventType: 'origin-response',
            requestId: input.requestId,
          },
          request: {
            clientIp: input.clientIp,
            headers: toCloudFrontHeaders({
              'x-forwarded-for': input.clientIp,
              'user-agent': 'Amazon CloudFront',
              via: `1.1 ${DISTRIBUTION_DOMAIN_NAME} (CloudFront)`,
              host: domainName,
              ...input.headersForOrigin,
            }),
            method: input.method,
            origin: {
              s3: { authMethod: 'none', customHeaders: {}, domainName, path: originPath, region },
            },
            querystring: input.querystring,
            uri: input.uri,
          },
          response: {
            headers: toCloudFrontHeaders(input.response.headers),
            status: String(input.response.status),
            statusDescription: input.response.statusDescription,
          },
        },
      },
    ],
  } as const;
}

/** The event that the function receives. */
export type OriginResponseEvent = ReturnType<typeof createOriginResponseEvent>;

function toCloudFrontHeaders(headers: Headers): CloudFrontHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [{ key: wireName(name), value }]]),
  );
}

/** Spells a name as S3 sends it: `Content-Type`, but `x-amz-…` in lower case. */
function wireName(name: string): string {
  if (name === 'etag') return 'ETag';
  return name.startsWith('x-') ? name : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
