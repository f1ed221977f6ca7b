import { z } from 'zod';
import { type Headers, statusDescription } from '../../http/http-types';

/**
 * What a response made in an origin event may weigh, headers and body together.
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
  body: z.string().optional(),
  bodyEncoding: z.enum(['text', 'base64']).optional(),
});

/** What the function made of the origin's response. */
export interface FunctionResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: Headers;
  /** The body in place of the origin's; undefined leaves the origin's as it is. */
  readonly body: Buffer | undefined;
}

/** Accepted, or refused with the reason that goes to the log. */
export type FunctionResult =
  | { readonly accepted: true; readonly response: FunctionResponse }
  | { readonly accepted: false; readonly reason: string };

/**
 * Checks what an origin-response function returned, as CloudFront does before it believes it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses.html
 *
 * @param returned what came back from the function, through JSON
 * @param received the headers that the function was given
 */
export function readFunctionResult(returned: unknown, received: Headers): FunctionResult {
  const parsed = resultSchema.safeParse(returned);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(`${issue?.path.join('.') || 'the result'}: ${issue?.message ?? 'not a response'}`);
  }
  const { status, body, bodyEncoding, headers: given = {} } = parsed.data;

  const fault = Object.entries(given).map(nameFault).find(Boolean);
  if (fault) return refuse(fault);
  const headers = joined(given);
  const change = readOnlyChange(headers, received) ?? disallowedHeader(headers, received);
  if (change) return refuse(change);

  if (bodyEncoding === 'base64' && body !== undefined && !(BASE64.test(body) && body.length % 4 === 0)) {
    return refuse('the body is not base64');
  }
  const bytes =
    body === undefined ? undefined : Buffer.from(body, bodyEncoding === 'base64' ? 'base64' : 'utf8');
  const length = (bytes?.length ?? 0) + headerBytes(headers);
  // A body that is left alone is S3's own and may have any size.
  if (bytes && length > MAX_GENERATED_RESPONSE_BYTES) {
    return refuse(
      `the length of the body and the headers is ${length} bytes, which exceeds ${MAX_GENERATED_RESPONSE_BYTES}`,
    );
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

function refuse(reason: string): FunctionResult {
  return { accepted: false, reason };
}

type Fields = readonly { readonly key?: string | undefined; readonly value: string }[];

function nameFault([name, fields]: readonly [string, Fields]): string | undefined {
  if (!TOKEN.test(name)) return `the header name ${JSON.stringify(name)} is not in lower case or not a token`;
  const strange = fields.find(({ key }) => key !== undefined && key.toLowerCase() !== name);
  if (strange) return `the header ${name} has a field with the key ${JSON.stringify(strange.key)}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not pass
  const split = fields.some(({ value }) => /[\0-\x08\x0a-\x1f\x7f]/.test(value));
  return split ? `the header ${name} has a control character in its value` : undefined;
}

function joined(headers: Readonly<Record<string, Fields>>): Headers {
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
