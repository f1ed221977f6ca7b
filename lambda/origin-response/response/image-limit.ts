import type { CloudFrontHeaders } from 'aws-lambda';
import type { FunctionSettings } from '../../contract/settings';
import { headerBytes } from './headers';

/**
 * CloudFront answers 502 in place of a larger response, headers included.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
 */
const MAX_RESPONSE_BYTES = 1_048_576;

/** Room for the headers that the variant adds, and for differences in how CloudFront counts. */
const HEADER_RESERVE_BYTES = 1_024;

/**
 * The largest picture that fits beside these headers, in bytes.
 *
 * @param headers of S3's response
 * @param bodyLength whether AWS counts the body as base64 or decoded
 * @param bodyLimit the largest response in bytes where it is not CloudFront's; a body is counted decoded then
 */
export function maxImageBytes(
  headers: CloudFrontHeaders,
  bodyLength: FunctionSettings['bodyLength'],
  bodyLimit?: number,
): number {
  const body = (bodyLimit ?? MAX_RESPONSE_BYTES) - HEADER_RESERVE_BYTES - headerBytes(headers);
  return bodyLength === 'decoded' || bodyLimit !== undefined ? body : Math.floor(body / 4) * 3;
}
