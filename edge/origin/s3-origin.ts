import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { DeserializeMiddleware } from '@smithy/types';
import type { Body } from '../http/body';
import { type Headers, withoutHeaders } from '../http/headers';
import { statusDescription } from '../http/http-types';
import { sdkOverrides } from './response-overrides';

/** A request to the origin. */
export interface OriginRequest {
  readonly method: string;
  /** The path as the viewer sent it. */
  readonly uri: string;
  /** What the cache policy forwards: S3 takes headers of its response from it. */
  readonly querystring: string;
  /** `range`, `if-none-match` and `if-modified-since`; others are not sent to S3. */
  readonly headers: Headers;
}

/** The origin's response. A body that is a stream must be either read or discarded, once. */
export interface OriginResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: Headers;
  readonly body: Body;
}

/** Where originals come from. */
export interface Origin {
  /** @throws if there is no response at all */
  fetch(request: OriginRequest): Promise<OriginResponse>;
}

export interface S3OriginOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly originPath: string;
}

/** Edge functions never see these: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html */
const HOP_BY_HOP: readonly string[] = ['connection', 'keep-alive'];

/** Creates an origin that reads a private bucket, as CloudFront does with Origin Access Control. */
export function createS3Origin({ client, bucket, originPath }: S3OriginOptions): Origin {
  return {
    fetch: async ({ method, uri, querystring, headers }) => {
      if (method === 'OPTIONS') {
        const message = 'CORSResponse: CORS is not enabled for this bucket.';
        return errorResponse({ method, status: 403, code: 'AccessForbidden', message });
      }
      const key = objectKey(originPath, uri);
      if (key === undefined) {
        const message = "Couldn't parse the specified URI.";
        return errorResponse({ method, status: 400, code: 'InvalidURI', message });
      }
      // With s3:ListBucket, S3 would list the bucket here. Nobody should see the listing.
      if (key === '') {
        return errorResponse({ method, status: 403, code: 'AccessDenied', message: 'Access Denied' });
      }
      try {
        return await requestObject(client, method, {
          Bucket: bucket,
          Key: key,
          Range: headers.range,
          IfNoneMatch: headers['if-none-match'],
          IfModifiedSince: parseDate(headers['if-modified-since']),
          ...sdkOverrides(querystring),
        });
      } catch (error) {
        const received = error instanceof S3ServiceException ? error.$response : undefined;
        if (!(error instanceof S3ServiceException) || !received) throw error;
        const { statusCode: status, headers: errorHeaders } = received;
        if (status === 304) return emptyResponse(304, endToEndHeaders(errorHeaders));
        return errorResponse({
          ...{ method, status, key, code: error.name, message: error.message },
          headers: errorHeaders,
        });
      }
    },
  };
}

/**
 * Derives the key that S3 derives from a path: percent-decoded, with `+` as a space.
 *
 * @returns undefined if an escape is malformed
 */
export function objectKey(originPath: string, uri: string): string | undefined {
  try {
    return decodeURIComponent(`${originPath}${uri}`.slice(1).replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}

const NO_BODY = Buffer.alloc(0);

async function requestObject(
  client: S3Client,
  method: string,
  input: ConstructorParameters<typeof GetObjectCommand>[0],
): Promise<OriginResponse> {
  let received: Headers = {};
  const keepHeaders = <I extends object, O extends object>() =>
    receivedHeaders<I, O>((headers) => {
      received = headers;
    });
  const getObject = async () => {
    const command = new GetObjectCommand(input);
    command.middlewareStack.add(keepHeaders(), BEFORE_OUTPUT);
    return client.send(command);
  };
  const headObject = async () => {
    const command = new HeadObjectCommand(input);
    command.middlewareStack.add(keepHeaders(), BEFORE_OUTPUT);
    return { ...(await client.send(command)), Body: undefined };
  };
  const { Body: body, $metadata } = method === 'HEAD' ? await headObject() : await getObject();
  const status = $metadata.httpStatusCode ?? 200;
  return {
    status,
    statusDescription: statusDescription(status),
    headers: endToEndHeaders(received),
    body: body instanceof Readable ? body : NO_BODY,
  };
}

const BEFORE_OUTPUT = { step: 'deserialize', priority: 'high' } as const;

/** Passes on all response headers; the SDK's output renames some and lacks others. */
function receivedHeaders<I extends object, O extends object>(
  onHeaders: (headers: Headers) => void,
): DeserializeMiddleware<I, O> {
  return (next) => async (args) => {
    const result = await next(args);
    const { response } = result;
    if (typeof response === 'object' && response && 'headers' in response) {
      onHeaders(response.headers as Headers);
    }
    return result;
  };
}

function endToEndHeaders(headers: Headers): Headers {
  return withoutHeaders(headers, HOP_BY_HOP);
}

function emptyResponse(status: number, headers: Headers): OriginResponse {
  return {
    status,
    statusDescription: statusDescription(status),
    headers,
    body: NO_BODY,
  };
}

interface S3Error {
  readonly method: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly key?: string;
  readonly headers?: Headers;
}

/** Rebuilds S3's error document. S3 sends it chunked, without a length. */
function errorResponse({ method, status, code, message, key, headers = {} }: S3Error): OriginResponse {
  const detail = key === undefined ? '' : `<Key>${escapeXml(key)}</Key>`;
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>${detail}</Error>`;
  return {
    ...emptyResponse(status, {
      ...withoutHeaders(endToEndHeaders(headers), ['content-length']),
      'content-type': 'application/xml',
      'transfer-encoding': 'chunked',
    }),
    body: method === 'HEAD' ? NO_BODY : Buffer.from(xml),
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function parseDate(header: string | undefined): Date | undefined {
  const date = new Date(header ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
