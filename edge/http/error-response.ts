import { type EdgeResponse, statusDescription } from './http-types';

/** Why CloudFront answers in the origin's stead; the name stands in `X-Cache`, as it does in access logs. */
export type EdgeErrorType =
  | 'Error'
  | 'LimitExceeded'
  | 'FunctionValidationError'
  | 'FunctionExecutionError'
  | 'LambdaValidationError'
  | 'LambdaExecutionError';

/** An answer of the edge's own. It says no more than CloudFront would: reasons go to the log. */
export function createErrorResponse(status: number, message: string): EdgeResponse {
  const description = statusDescription(status);
  const body =
    `<!DOCTYPE html>\n<title>ERROR: The request could not be satisfied</title>\n` +
    `<h1>${status} ERROR</h1>\n<p>The request could not be satisfied.</p>\n<p>${message}</p>\n`;
  return {
    status,
    statusDescription: description,
    headers: { server: 'edgecrop', 'content-type': 'text/html' },
    body: Buffer.from(body),
  };
}
