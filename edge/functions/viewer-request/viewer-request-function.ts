import { randomUUID } from 'node:crypto';
import vm from 'node:vm';
import { z } from 'zod';
import type { CloudFrontFunction } from '../../assembly/assembly';
import { createErrorResponse, type EdgeErrorType } from '../../http/error-response';
import {
  type EdgeResponse,
  type Headers,
  type Log,
  statusDescription,
  type ViewerRequest,
} from '../../http/http-types';
import { DISTRIBUTION_DOMAIN_NAME, DISTRIBUTION_ID } from '../origin-response/origin-response-event';
import { createModuleHost, type KeyValueStore, MODULES, readImports } from './engine-modules';

/** What a viewer-request function made of a request: another request, or already the answer. */
export type ViewerRequestOutcome =
  | { readonly request: ViewerRequest }
  | { readonly response: EdgeResponse; readonly error: EdgeErrorType | undefined };

/** Runs one CloudFront Function at viewer-request. Never throws. */
export type FunctionRuntime = (request: ViewerRequest) => Promise<ViewerRequestOutcome>;

/**
 * CloudFront allows less than a millisecond of computing; here is a limit for what would never end. It is
 * counted by the wall clock, of which a busy machine takes its share: 100 ms have cost a viewer a 503.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
 */
const TIMEOUT_MILLISECONDS = 1_000;

const value = z.object({
  value: z.string(),
  multiValue: z.array(z.object({ value: z.string() })).optional(),
});
const values = z.record(z.string(), value);
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
 * Runs the script in a context of its own that has the language and nothing of Node. The event and the
 * result cross as JSON. njs itself, with its smaller language, runs the same script in the tests.
 *
 * The context is made once: a new one for each request costs ten times what the function does, on every hit.
 *
 * @param store what the function reads as its KeyValueStore; empty where absent
 */
export function createFunctionRuntime(
  fn: CloudFrontFunction,
  log: Log,
  store: KeyValueStore = () => undefined,
): FunctionRuntime {
  const limit = { timeout: TIMEOUT_MILLISECONDS };
  const script = new vm.Script(scriptOf(fn.code));
  const call = new vm.Script('run(event)');
  const prepare = (): vm.Context => {
    const prepared = vm.createContext({ event: '', host: createModuleHost(store) });
    script.runInContext(prepared, limit);
    delete prepared.host;
    return prepared;
  };
  let context: vm.Context | undefined;
  return async (request) => {
    const failed = (status: number, error: EdgeErrorType, reason: unknown): ViewerRequestOutcome => {
      log(`${error} ${request.uri}: ${reasonOf(reason)}`);
      const message = 'The CloudFront function associated with the CloudFront distribution is invalid.';
      return { response: createErrorResponse(status, message), error };
    };
    let returned: unknown;
    try {
      context ??= prepare();
      context.event = JSON.stringify(createViewerRequestEvent(request));
      const answered: string | Promise<string> = call.runInContext(context, limit);
      returned = JSON.parse(typeof answered === 'string' ? answered : await inTime(answered));
    } catch (error) {
      // Whatever it was in the middle of, the next request does not find it there.
      context = undefined;
      return failed(503, 'FunctionExecutionError', error);
    }
    const isResponse = typeof returned === 'object' && returned !== null && 'statusCode' in returned;
    const read = isResponse ? responseSchema.safeParse(returned) : requestSchema.safeParse(returned);
    if (!read.success) return failed(502, 'FunctionValidationError', read.error.message);
    return 'statusCode' in read.data
      ? { response: toResponse(read.data), error: undefined }
      : { request: toRequest(request, read.data) };
  };
}

/** The function with its imports bound, and `run`, which gives its result as JSON or as a promise of it. */
function scriptOf(code: string): string {
  const { body, imports } = readImports(code);
  return `const run = ((modules) => (function (${imports.map(({ name }) => name).join()}) { ${body}
    ; return (event) => {
      const returned = handler(JSON.parse(event));
      const isPromise = returned && typeof returned.then === 'function';
      return isPromise ? returned.then((value) => JSON.stringify(value)) : JSON.stringify(returned);
    };
  })(${imports.map(({ module }) => `modules[${JSON.stringify(module)}]`).join()}))((${MODULES})(host))`;
}

/**
 * An async function's limit holds for what it waits for, and not for a loop after that: stopping one there
 * (`microtaskMode`) ends the whole process.
 */
async function inTime(answered: Promise<string>): Promise<string> {
  let clock: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    clock = setTimeout(() => reject(new Error('the function never answered')), TIMEOUT_MILLISECONDS);
  });
  try {
    return await Promise.race([answered, end]);
  } finally {
    clearTimeout(clock);
  }
}

/** The function's errors are of its own world. */
function reasonOf(reason: unknown): unknown {
  return typeof reason === 'object' && reason !== null && 'message' in reason ? reason.message : reason;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
export function createViewerRequestEvent(request: ViewerRequest) {
  return {
    version: '1.0',
    context: {
      distributionDomainName: DISTRIBUTION_DOMAIN_NAME,
      distributionId: DISTRIBUTION_ID,
      eventType: 'viewer-request',
      requestId: randomUUID(),
    },
    viewer: { ip: request.clientIp },
    request: {
      method: request.method,
      uri: request.uri,
      querystring: toValues(request.querystring),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, text]) => [name, { value: text }]),
      ),
      cookies: {},
    },
  };
}

/** Names and values as they were sent; the last of several is the value, and all are in `multiValue`. */
function toValues(querystring: string): z.infer<typeof values> {
  const pairs = querystring
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', ...rest] = part.split('=');
      return { name, value: rest.join('=') };
    });
  const names = [...new Set(pairs.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const all = pairs.filter((pair) => pair.name === name).map((pair) => ({ value: pair.value }));
      const last = all.at(-1)?.value ?? '';
      return [name, all.length > 1 ? { value: last, multiValue: all } : { value: last }];
    }),
  );
}

function toRequest(request: ViewerRequest, changed: z.infer<typeof requestSchema>): ViewerRequest {
  const { uri, querystring, headers } = changed;
  return {
    ...request,
    uri,
    querystring: typeof querystring === 'string' ? querystring : toQuerystring(querystring),
    headers: toHeaders(headers),
  };
}

function toQuerystring(query: z.infer<typeof values>): string {
  return Object.entries(query)
    .flatMap(([name, entry]) => (entry.multiValue ?? [entry]).map((one) => `${name}=${one.value}`))
    .join('&');
}

function toHeaders(headers: z.infer<typeof values>): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, entry]) => [
      name.toLowerCase(),
      (entry.multiValue ?? [entry]).map((one) => one.value).join(', '),
    ]),
  );
}

function toResponse(answer: z.infer<typeof responseSchema>): EdgeResponse {
  const { statusCode, headers, body } = answer;
  return {
    status: statusCode,
    statusDescription: answer.statusDescription ?? statusDescription(statusCode),
    headers: toHeaders(headers),
    body: Buffer.from(body?.data ?? '', body?.encoding === 'base64' ? 'base64' : 'utf8'),
  };
}
