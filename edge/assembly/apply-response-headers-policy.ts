import { type Headers, oncePerHeaders, withoutHeaders } from '../http/headers';
import type { ResponseHeadersPolicy } from './response-headers-policy';

/** Gives the headers for the viewer, by a response headers policy. */
export type ApplyResponseHeadersPolicy = (
  request: { readonly method: string; readonly headers: Headers },
  headers: Headers,
) => Headers;

/** Creates the step that applies a policy. What depends on the response alone is worked out once for each. */
export function createResponseHeadersPolicy(policy: ResponseHeadersPolicy): ApplyResponseHeadersPolicy {
  const simple = { method: 'GET', headers: {} };
  const applySimply = oncePerHeaders((headers) => applyResponseHeadersPolicy(policy, simple, headers));
  return (request, headers) =>
    request.headers.origin === undefined && request.method !== 'OPTIONS'
      ? applySimply(headers)
      : applyResponseHeadersPolicy(policy, request, headers);
}

/**
 * Applies a response headers policy to the headers for the viewer.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 *
 * @param request the viewer's
 */
function applyResponseHeadersPolicy(
  policy: ResponseHeadersPolicy,
  request: { readonly method: string; readonly headers: Headers },
  headers: Headers,
): Headers {
  const origin = allowedOrigin(policy.corsOrigins, request.headers.origin);
  const preflight = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers;
  const originHasCors = Object.keys(headers).some((name) => name.startsWith('access-control-'));

  const added = policy.add.filter(({ header, override, only }) => {
    if (only && origin === undefined) return false;
    if (only === 'preflight' && !preflight) return false;
    if (override) return true;
    return only ? !originHasCors : !(header in headers);
  });
  return {
    ...withoutHeaders(headers, policy.remove),
    ...Object.fromEntries(
      added.map(({ header, value }) => [header, header === ALLOW_ORIGIN ? (origin ?? value) : value]),
    ),
  };
}

const ALLOW_ORIGIN = 'access-control-allow-origin';

function allowedOrigin(allowed: readonly string[], origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (allowed.includes('*')) return '*';
  const host = origin.replace(/^[a-z]+:\/\//, '');
  return allowed.some((pattern) => matchesOrigin(pattern, pattern.includes('://') ? origin : host))
    ? origin
    : undefined;
}

function matchesOrigin(pattern: string, origin: string): boolean {
  const [before = '', after] = pattern.split('*', 2);
  if (after === undefined) return origin === pattern;
  return origin.startsWith(before) && origin.endsWith(after) && origin.length > before.length + after.length;
}
