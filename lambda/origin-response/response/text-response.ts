import type { CloudFrontHeaders, CloudFrontResultResponse } from 'aws-lambda';
import { removeBodyHeaders, removeHeaders, removeValidators, setHeader } from './headers';

const STATUS_DESCRIPTIONS = {
  '400': 'Bad Request',
  '403': 'Forbidden',
  '404': 'Not Found',
  '415': 'Unsupported Media Type',
  '502': 'Bad Gateway',
  '504': 'Gateway Timeout',
} as const;

/** Replaces S3's response by one line of text, in place. What S3 said of its body is removed. */
export function respondWithText(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  status: keyof typeof STATUS_DESCRIPTIONS,
  text: string,
): void {
  response.status = status;
  response.statusDescription = STATUS_DESCRIPTIONS[status];
  response.body = text;
  response.bodyEncoding = 'text';
  removeBodyHeaders(headers);
  removeValidators(headers);
  removeHeaders(headers, 'cache-control', 'expires', 'content-disposition', 'content-language');
  setHeader(headers, 'content-type', 'text/plain; charset=utf-8');
}
