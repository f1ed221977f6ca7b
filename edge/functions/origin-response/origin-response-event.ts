import type { Headers } from '../../http/http-types';

/** One field of a header, as Lambda@Edge spells it. */
export interface CloudFrontHeader {
  readonly key?: string;
  readonly value: string;
}

/** Headers as Lambda@Edge hands them over: lists, under lower-case names. */
export type CloudFrontHeaders = Readonly<Record<string, readonly CloudFrontHeader[]>>;

/** Status and headers of the origin's response; its body is never shown to the function. */
export interface CloudFrontResponse {
  readonly status: string;
  readonly statusDescription: string;
  readonly headers: CloudFrontHeaders;
}

/** The bucket behind the distribution, as an event describes it. */
export interface EventOrigin {
  readonly bucketName: string;
  readonly originPath: string;
  readonly region: string;
}

/** What an event is made of. */
export interface OriginResponseInput {
  readonly requestId: string;
  readonly clientIp: string;
  readonly method: string;
  readonly uri: string;
  /** Only what the cache policy forwards. */
  readonly querystring: string;
  /** The headers that were sent to the origin on the viewer's behalf: Range and the conditionals. */
  readonly forwardedHeaders: Headers;
  readonly origin: EventOrigin;
  readonly response: {
    readonly status: number;
    readonly statusDescription: string;
    readonly headers: Headers;
  };
}

/** The id that stands in for the one AWS would have given. */
export const DISTRIBUTION_ID = 'EDGECROPLOCAL';
export const DISTRIBUTION_DOMAIN_NAME = 'edgecrop.cloudfront.net';

/**
 * The event of an origin-response trigger in front of an S3 origin with Origin Access Control.
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
              ...input.forwardedHeaders,
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

/** What {@link createOriginResponseEvent} makes. */
export type OriginResponseEvent = ReturnType<typeof createOriginResponseEvent>;

function toCloudFrontHeaders(headers: Headers): CloudFrontHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [{ key: spelled(name), value }]]),
  );
}

/** `content-type` is `Content-Type` on the wire; S3 sends its own `x-amz-` names in lower case. */
function spelled(name: string): string {
  if (name === 'etag') return 'ETag';
  return name.startsWith('x-') ? name : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
