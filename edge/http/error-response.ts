import { type EdgeResponse, statusDescription } from './http-types';

/** Why CloudFront answers instead of the origin. The name appears in `X-Cache`, as in CloudFront's access logs. */
export type EdgeErrorType =
  | 'Error'
  | 'LimitExceeded'
  | 'FunctionValidationError'
  | 'FunctionExecutionError'
  | 'LambdaValidationError'
  | 'LambdaExecutionError';

/** Creates an error page. Like CloudFront's, it does not give the reason; that goes to the log. */
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
