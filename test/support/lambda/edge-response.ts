import type { CloudFrontHeaders, CloudFrontResultResponse } from 'aws-lambda';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html#function-restrictions-disallowed-headers */
const DISALLOWED =
  /^(?:connection|expect|keep-alive|proxy-authenticate|proxy-authorization|proxy-connection|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-amzn-(?:auth|cf-.*|errortype|fle-profile|header-count|header-order|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html#function-restrictions-read-only-headers */
const READ_ONLY = ['transfer-encoding', 'via'];

const MAX_BYTES = 1_048_576;

/**
 * What CloudFront would hold against an origin-response function's answer, and answer 502 for.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses.html
 *
 * @param received S3's response in the event
 */
export function edgeResponseFindings(
  answer: CloudFrontResultResponse,
  received: CloudFrontHeaders,
): readonly string[] {
  const { status, body, bodyEncoding, headers = {} } = answer;
  const isBase64 = bodyEncoding === 'base64';
  const bytes = Buffer.byteLength(body ?? '') + JSON.stringify(headers).length;
  return [
    ...wrong(!/^[2-5]\d\d$/.test(status), `status ${status}`),
    ...wrong(body !== undefined && typeof body !== 'string', 'the body is no text'),
    ...wrong(bodyEncoding !== undefined && !isBase64 && bodyEncoding !== 'text', `encoding ${bodyEncoding}`),
    ...wrong(
      isBase64 && !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(body ?? ''),
      'no base64',
    ),
    ...wrong(body !== undefined && bytes > MAX_BYTES, `${bytes} bytes`),
    ...Object.entries(headers).flatMap(([name, values]) => headerFindings(name, values)),
    ...READ_ONLY.flatMap((name) =>
      wrong(JSON.stringify(headers[name]) !== JSON.stringify(received[name]), `${name} is read-only`),
    ),
    ...Object.keys(headers).flatMap((name) =>
      wrong(DISALLOWED.test(name) && received[name] === undefined, `${name} may not be added`),
    ),
  ];
}

function headerFindings(name: string, values: CloudFrontHeaders[string]): readonly string[] {
  if (!Array.isArray(values) || values.length === 0) return [`${name} is no list`];
  return [
    ...wrong(name !== name.toLowerCase(), `${name} is not in lower case`),
    ...values.flatMap(({ key, value }) => [
      ...wrong(key !== undefined && key.toLowerCase() !== name, `${name} is called ${key}`),
      ...wrong(typeof value !== 'string' || /[\r\n\0]/.test(value), `${name} is no line of text`),
    ]),
  ];
}

function wrong(is: boolean, finding: string): readonly string[] {
  return is ? [finding] : [];
}
