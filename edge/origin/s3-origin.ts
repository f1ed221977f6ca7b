import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { DeserializeMiddleware } from '@smithy/types';
import { type Headers, statusDescription } from '../http/http-types';

/** What is asked of the origin: the path as the viewer sent it, and the headers that are forwarded. */
export interface OriginRequest {
  readonly method: string;
  readonly uri: string;
  /** `range`, `if-none-match`, `if-modified-since`; nothing else is forwarded to S3. */
  readonly headers: Headers;
}

/** What the origin said. Its body is read only where it is needed: either `read` or `discard` it, once. */
export interface OriginResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: Headers;
  read(): Promise<Buffer>;
  discard(): void;
}

/** Where originals come from. */
export interface Origin {
  /** @throws where no answer comes at all */
  fetch(request: OriginRequest): Promise<OriginResponse>;
}

export interface S3OriginOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly originPath: string;
}

/** Never shown to an edge function: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html */
const HOP_BY_HOP: readonly string[] = ['connection', 'keep-alive'];

/** A private bucket as CloudFront speaks to it. */
export function createS3Origin({ client, bucket, originPath }: S3OriginOptions): Origin {
  return {
    fetch: async ({ method, uri, headers }) => {
      if (method === 'OPTIONS') {
        return errorResponse(
          method,
          403,
          'AccessForbidden',
          'CORSResponse: CORS is not enabled for this bucket.',
        );
      }
      const key = objectKey(originPath, uri);
      if (key === undefined) {
        return errorResponse(method, 400, 'InvalidURI', "Couldn't parse the specified URI.");
      }
      // With the right to list, S3 would list the bucket here; nobody should see that, on no machine.
      if (key === '') return errorResponse(method, 403, 'AccessDenied', 'Access Denied');

      const input = {
        Bucket: bucket,
        Key: key,
        Range: headers.range,
        IfNoneMatch: headers['if-none-match'],
        IfModifiedSince: parseDate(headers['if-modified-since']),
      };
      try {
        return method === 'HEAD' ? await head(client, input) : await get(client, input);
      } catch (error) {
        const received = error instanceof S3ServiceException ? error.$response : undefined;
        if (!(error instanceof S3ServiceException) || !received) throw error;
        if (received.statusCode === 304) return emptyResponse(304, forwarded(received.headers));
        return errorResponse(method, received.statusCode, error.name, error.message, key, received.headers);
      }
    },
  };
}

/**
 * The key that S3 makes of a path: percent-decoded, a plus sign being a space.
 *
 * @returns undefined where an escape is malformed
 */
export function objectKey(originPath: string, uri: string): string | undefined {
  try {
    return decodeURIComponent(`${originPath}${uri}`.slice(1).replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}

type Input = ConstructorParameters<typeof GetObjectCommand>[0];

async function get(client: S3Client, input: Input): Promise<OriginResponse> {
  const command = new GetObjectCommand(input);
  let headers: Headers = {};
  command.middlewareStack.add(
    receivedHeaders((received) => {
      headers = received;
    }),
    BEFORE_OUTPUT,
  );
  const { Body, $metadata } = await client.send(command);
  return {
    status: $metadata.httpStatusCode ?? 200,
    statusDescription: statusDescription($metadata.httpStatusCode ?? 200),
    headers: forwarded(headers),
    read: async () => Buffer.from((await Body?.transformToByteArray()) ?? []),
    discard: () => {
      if (Body instanceof Readable) Body.destroy();
    },
  };
}

async function head(client: S3Client, input: Input): Promise<OriginResponse> {
  const command = new HeadObjectCommand(input);
  let headers: Headers = {};
  command.middlewareStack.add(
    receivedHeaders((received) => {
      headers = received;
    }),
    BEFORE_OUTPUT,
  );
  const { $metadata } = await client.send(command);
  return emptyResponse($metadata.httpStatusCode ?? 200, forwarded(headers));
}

const BEFORE_OUTPUT = { step: 'deserialize', priority: 'high' } as const;

/** The SDK's output knows the headers by other names, and not all of them. */
function receivedHeaders<I extends object, O extends object>(
  take: (headers: Headers) => void,
): DeserializeMiddleware<I, O> {
  return (next) => async (args) => {
    const result = await next(args);
    const { response } = result;
    if (typeof response === 'object' && response && 'headers' in response) take(response.headers as Headers);
    return result;
  };
}

function forwarded(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
}

function emptyResponse(status: number, headers: Headers): OriginResponse {
  return {
    status,
    statusDescription: statusDescription(status),
    headers,
    read: async () => Buffer.alloc(0),
    discard: () => {},
  };
}

/** S3 describes an error in XML, and sends it in chunks, without a length. */
function errorResponse(
  method: string,
  status: number,
  code: string,
  message: string,
  key?: string,
  received: Headers = {},
): OriginResponse {
  const detail = key === undefined ? '' : `<Key>${escaped(key)}</Key>`;
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Error><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message>${detail}</Error>`;
  const { 'content-length': _, ...headers } = forwarded(received);
  return {
    ...emptyResponse(status, {
      ...headers,
      'content-type': 'application/xml',
      'transfer-encoding': 'chunked',
    }),
    read: async () => Buffer.from(method === 'HEAD' ? '' : xml),
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function parseDate(header: string | undefined): Date | undefined {
  const date = new Date(header ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
