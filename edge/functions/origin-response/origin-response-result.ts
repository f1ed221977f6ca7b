import { z } from 'zod';
import type { Headers } from '../../http/headers';
import { statusDescription } from '../../http/http-types';

/**
 * The largest response that an origin-facing function may generate, headers and body together.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export const MAX_GENERATED_RESPONSE_BYTES = 1_048_576;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html */
const READ_ONLY: readonly string[] = ['transfer-encoding', 'via'];
const DISALLOWED =
  /^(connection|expect|keep-alive|proxy-(authenticate|authorization|connection)|trailer|upgrade|x-accel-(buffering|charset|limit-rate|redirect)|x-amz-cf-.*|x-amzn-(auth|cf-billing|cf-id|cf-xff|errortype|fle-profile|header-count|header-order|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

const TOKEN = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const resultSchema = z.looseObject({
  status: z.string().regex(/^[2-5]\d\d$/, 'a string of three digits from 200 to 599'),
  statusDescription: z.string().optional(),
  headers: z
    .record(z.string(), z.array(z.looseObject({ key: z.string().optional(), value: z.string() })))
    .optional(),
  body: z.union([z.string(), z.instanceof(Buffer)]).optional(),
  bodyEncoding: z.enum(['text', 'base64']).optional(),
});

/** The response after the function. */
export interface FunctionResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: Headers;
  /** Undefined keeps the origin's body. */
  readonly body: Buffer | undefined;
}

/** The reason of a refusal goes to the log. */
export type OriginResponseResult =
  | { readonly accepted: true; readonly response: FunctionResponse }
  | { readonly accepted: false; readonly reason: string };

/**
 * Validates what an origin-response function returned, by CloudFront's rules.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses.html
 *
 * @param returned the result, after a round trip through JSON; a body in base64 may have become a Buffer
 * @param received the headers that the function was given
 * @param bodyLimit the largest response in bytes
 */
export function readOriginResponseResult(
  returned: unknown,
  received: Headers,
  bodyLimit = MAX_GENERATED_RESPONSE_BYTES,
): OriginResponseResult {
  const parsed = resultSchema.safeParse(returned);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(`${issue?.path.join('.') || 'the result'}: ${issue?.message ?? 'not a response'}`);
  }
  const { status, body, bodyEncoding, headers: fields = {} } = parsed.data;

  const fault = Object.entries(fields).map(headerFault).find(Boolean);
  if (fault) return refuse(fault);
  const headers = joinFields(fields);
  const change = readOnlyChange(headers, received) ?? disallowedHeader(headers, received);
  if (change) return refuse(change);

  if (bodyEncoding === 'base64' && typeof body === 'string' && !isBase64(body)) {
    return refuse('the body is not base64');
  }
  const bytes =
    typeof body === 'string' ? Buffer.from(body, bodyEncoding === 'base64' ? 'base64' : 'utf8') : body;
  const length = (bytes?.length ?? 0) + headerBytes(headers);
  // Without a new body, S3's own is sent, and that may have any size.
  if (bytes && length > bodyLimit) {
    return refuse(`the length of the body and the headers is ${length} bytes, which exceeds ${bodyLimit}`);
  }
  return {
    accepted: true,
    response: {
      status: Number(status),
      statusDescription: parsed.data.statusDescription ?? statusDescription(Number(status)),
      headers,
      body: bytes,
    },
  };
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}

function refuse(reason: string): OriginResponseResult {
  return { accepted: false, reason };
}

type Fields = readonly { readonly key?: string | undefined; readonly value: string }[];

function headerFault([name, fields]: readonly [string, Fields]): string | undefined {
  if (!TOKEN.test(name)) return `the header name ${JSON.stringify(name)} is not in lower case or not a token`;
  const mismatch = fields.find(({ key }) => key !== undefined && key.toLowerCase() !== name);
  if (mismatch) return `the header ${name} has a field with the key ${JSON.stringify(mismatch.key)}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the point is to find control characters
  const hasControl = fields.some(({ value }) => /[\0-\x08\x0a-\x1f\x7f]/.test(value));
  return hasControl ? `the header ${name} has a control character in its value` : undefined;
}

function joinFields(headers: Readonly<Record<string, Fields>>): Headers {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, fields]) => fields.length > 0)
      .map(([name, fields]) => [name, fields.map(({ value }) => value).join(', ')]),
  );
}

function readOnlyChange(headers: Headers, received: Headers): string | undefined {
  const changed = READ_ONLY.find((name) => headers[name] !== received[name]);
  return changed && `the function tried to add, delete, or change a read-only header, ${changed}`;
}

function disallowedHeader(headers: Headers, received: Headers): string | undefined {
  const added = Object.keys(headers).find(
    (name) => DISALLOWED.test(name) && headers[name] !== received[name],
  );
  return added && `the function tried to add a disallowed header, ${added}`;
}

function headerBytes(headers: Headers): number {
  return Object.entries(headers).reduce(
    (sum, [name, value]) => sum + name.length + Buffer.byteLength(value),
    0,
  );
}
