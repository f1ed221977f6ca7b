import { z } from 'zod';
import type { Headers } from '../../http/headers';
import { type EdgeResponse, statusDescription, type ViewerRequest } from '../../http/http-types';
import type { FunctionValues } from './viewer-request-event';

/** What the function returned: a request to go on with, a response, or something invalid. */
export type ViewerRequestResult =
  | { readonly request: ViewerRequest }
  | { readonly response: EdgeResponse }
  | { readonly invalid: string };

const values = z.record(
  z.string(),
  z.object({ value: z.string(), multiValue: z.array(z.object({ value: z.string() })).optional() }),
);
const requestSchema = z.object({
  uri: z.string().startsWith('/'),
  querystring: z.union([z.string(), values]),
  headers: values,
});
const responseSchema = z.object({
  statusCode: z.int().min(200).max(599),
  statusDescription: z.string().optional(),
  headers: values.default({}),
  body: z
    .union([
      z.string().transform((data) => ({ encoding: 'text' as const, data })),
      z.object({ encoding: z.enum(['text', 'base64']), data: z.string() }),
    ])
    .optional(),
});

/**
 * Reads what a function at viewer-request returned. An object with a `statusCode` is a response.
 *
 * @param received the request that the function was given
 */
export function readViewerRequestResult(returned: unknown, received: ViewerRequest): ViewerRequestResult {
  if (typeof returned === 'object' && returned !== null && 'statusCode' in returned) {
    const parsed = responseSchema.safeParse(returned);
    return parsed.success ? { response: toResponse(parsed.data) } : { invalid: parsed.error.message };
  }
  const parsed = requestSchema.safeParse(returned);
  return parsed.success ? { request: toRequest(received, parsed.data) } : { invalid: parsed.error.message };
}

function toRequest(received: ViewerRequest, changed: z.output<typeof requestSchema>): ViewerRequest {
  const { uri, querystring, headers } = changed;
  return {
    ...received,
    uri,
    querystring: typeof querystring === 'string' ? querystring : toQuerystring(querystring),
    headers: toHeaders(headers),
  };
}

function toQuerystring(query: FunctionValues): string {
  return Object.entries(query)
    .flatMap(([name, entry]) => (entry.multiValue ?? [entry]).map(({ value }) => `${name}=${value}`))
    .join('&');
}

function toHeaders(headers: FunctionValues): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, entry]) => [
      name.toLowerCase(),
      (entry.multiValue ?? [entry]).map(({ value }) => value).join(', '),
    ]),
  );
}

function toResponse(returned: z.output<typeof responseSchema>): EdgeResponse {
  const { statusCode, headers, body } = returned;
  return {
    status: statusCode,
    statusDescription: returned.statusDescription ?? statusDescription(statusCode),
    headers: toHeaders(headers),
    body: Buffer.from(body?.data ?? '', body?.encoding === 'base64' ? 'base64' : 'utf8'),
  };
}
