import type { CloudFrontHeaders, CloudFrontResultResponse } from 'aws-lambda';
import { removeBodyHeaders, removeHeaders, removeValidators, setHeader } from './headers';

const STATUS_DESCRIPTIONS = {
  '200': 'OK',
  '400': 'Bad Request',
  '403': 'Forbidden',
  '404': 'Not Found',
  '415': 'Unsupported Media Type',
  '502': 'Bad Gateway',
  '504': 'Gateway Timeout',
} as const;

/** What JSON is answered as. */
export const JSON_TYPE = 'application/json';

/** Replaces S3's response by one line of text, in place. What S3 said of its body is removed. */
export function respondWithText(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  status: keyof typeof STATUS_DESCRIPTIONS,
  text: string,
): void {
  replaceBody(response, headers, status, text);
  removeValidators(headers);
  removeHeaders(headers, 'cache-control', 'expires');
  setHeader(headers, 'content-type', 'text/plain; charset=utf-8');
}

/** Replaces the body of a response by JSON, in place. How it is cached is left to the caller. */
export function respondWithJson(
  response: CloudFrontResultResponse,
  headers: CloudFrontHeaders,
  status: keyof typeof STATUS_DESCRIPTIONS,
  value: object,
): void {
  replaceBody(response, headers, status, `${JSON.stringify(value)}\n`);
  setHeader(headers, 'content-type', JSON_TYPE);
}

function replaceBody(
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
  removeHeaders(headers, 'content-disposition', 'content-language');
}
