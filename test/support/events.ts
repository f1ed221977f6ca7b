import type { CloudFrontHeaders, CloudFrontResponseEvent, CloudFrontResultResponse } from 'aws-lambda';

export interface EventOptions {
  readonly uri?: string;
  readonly querystring?: string;
  readonly method?: string;
  readonly status?: string;
  readonly domainName?: string;
  readonly path?: string;
  /** Headers of S3's answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What CloudFront hands to an origin-response function behind an S3 origin with OAC: no body. */
export function originResponseEvent(options: EventOptions = {}): CloudFrontResponseEvent {
  const headers = options.headers ?? {
    ETag: '"original"',
    'Last-Modified': 'Sun, 01 Nov 2026 00:00:00 GMT',
    'Content-Type': 'image/jpeg',
    'Content-Length': '12345',
    'Accept-Ranges': 'bytes',
    Via: '1.1 s3 (CloudFront)',
    'Transfer-Encoding': 'chunked',
  };
  return {
    Records: [
      {
        cf: {
          config: {
            distributionDomainName: 'd111111abcdef8.cloudfront.net',
            distributionId: 'EDFDVBD6EXAMPLE',
            eventType: 'origin-response',
            requestId: '4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==',
          },
          request: {
            clientIp: '203.0.113.178',
            method: options.method ?? 'GET',
            uri: options.uri ?? '/photos/cat.jpg',
            querystring: options.querystring ?? '',
            headers: {},
            origin: {
              s3: {
                authMethod: 'none',
                customHeaders: {},
                domainName: options.domainName ?? 'photos.s3.us-east-1.amazonaws.com',
                path: options.path ?? '',
              },
            },
          },
          response: {
            status: options.status ?? '200',
            statusDescription: 'OK',
            headers: Object.fromEntries(
              Object.entries(headers).map(([key, value]) => [key.toLowerCase(), [{ key, value }]]),
            ),
          },
        },
      },
    ],
  } as CloudFrontResponseEvent;
}

/** Headers as a plain record, the first value of each. */
export function plainHeaders(response: CloudFrontResultResponse): Record<string, string> {
  const headers: CloudFrontHeaders = response.headers ?? {};
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values[0]?.value ?? '']));
}

/** The body's bytes. */
export function bodyOf(response: CloudFrontResultResponse): Buffer {
  return Buffer.from(response.body ?? '', response.bodyEncoding === 'base64' ? 'base64' : 'utf8');
}
