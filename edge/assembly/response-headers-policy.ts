import type { z } from 'zod';
import { type Headers, withoutHeaders } from '../http/http-types';
import type { responseHeadersPolicySchema } from './template';

/** A header that the policy adds. */
export interface PolicyHeader {
  readonly header: string;
  readonly value: string;
  /** Whether it takes the place of the origin's header of the same name. */
  readonly override: boolean;
  /**
   * `cors` where only requests with an `Origin` get it, `preflight` where only the browser's question before
   * them does.
   *
   * @default - every response gets it
   */
  readonly only?: 'cors' | 'preflight';
}

/** A response headers policy as a plain list. */
export interface ResponseHeadersPolicy {
  readonly remove: readonly string[];
  readonly add: readonly PolicyHeader[];
  /** The origins that CORS headers are given to; `*` for all. */
  readonly corsOrigins: readonly string[];
  /** Whether a response tells if it was in the cache. */
  readonly serverTiming: boolean;
}

type Config = z.output<typeof responseHeadersPolicySchema>['ResponseHeadersPolicyConfig'];
type Cors = NonNullable<Config['CorsConfig']>;
type Security = NonNullable<Config['SecurityHeadersConfig']>;

/** Flattens the policy of a template; without one there is nothing to add. */
export function readResponseHeadersPolicy(
  policy: { readonly ResponseHeadersPolicyConfig: Config } | undefined,
): ResponseHeadersPolicy {
  const config = policy?.ResponseHeadersPolicyConfig;
  return {
    remove: config?.RemoveHeadersConfig?.Items.map(({ Header }) => Header.toLowerCase()) ?? [],
    add: [
      ...(config?.CorsConfig ? corsHeaders(config.CorsConfig) : []),
      ...(config?.SecurityHeadersConfig ? securityHeaders(config.SecurityHeadersConfig) : []),
      ...(config?.CustomHeadersConfig?.Items ?? []).map(({ Header, Value, Override }) => ({
        header: Header.toLowerCase(),
        value: Value,
        override: Override,
      })),
    ],
    corsOrigins: config?.CorsConfig?.AccessControlAllowOrigins ?? [],
    // Any sampling is all of it here: one viewer sees too few responses to sample.
    serverTiming: Boolean(
      config?.ServerTimingHeadersConfig?.Enabled && config.ServerTimingHeadersConfig.SamplingRate > 0,
    ),
  };
}

/**
 * The headers a viewer gets.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 *
 * @param request method and headers of the viewer's request
 */
export function applyResponseHeadersPolicy(
  policy: ResponseHeadersPolicy,
  request: { readonly method: string; readonly headers: Headers },
  headers: Headers,
): Headers {
  const origin = allowedOrigin(policy.corsOrigins, request.headers.origin);
  const preflight = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers;
  const originSpeaksCors = Object.keys(headers).some((name) => name.startsWith('access-control-'));

  const added = policy.add.filter(({ header, override, only }) => {
    if (only && origin === undefined) return false;
    if (only === 'preflight' && !preflight) return false;
    if (override) return true;
    return only ? !originSpeaksCors : !(header in headers);
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

const ALL_METHODS = ['GET', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

function corsHeaders(cors: Cors): readonly PolicyHeader[] {
  const methods = cors.AccessControlAllowMethods;
  const header = (name: string, value: string, only: 'cors' | 'preflight'): PolicyHeader => ({
    header: `access-control-${name}`,
    value,
    override: cors.OriginOverride,
    only,
  });
  return [
    header('allow-origin', cors.AccessControlAllowOrigins.join(', '), 'cors'),
    ...(cors.AccessControlAllowCredentials ? [header('allow-credentials', 'true', 'cors')] : []),
    ...(cors.AccessControlExposeHeaders
      ? [header('expose-headers', cors.AccessControlExposeHeaders.join(', '), 'cors')]
      : []),
    header('allow-methods', (methods.includes('ALL') ? ALL_METHODS : methods).join(', '), 'preflight'),
    header('allow-headers', cors.AccessControlAllowHeaders.join(', '), 'preflight'),
    ...(cors.AccessControlMaxAgeSec === undefined
      ? []
      : [header('max-age', String(cors.AccessControlMaxAgeSec), 'preflight')]),
  ];
}

function securityHeaders(security: Security): readonly PolicyHeader[] {
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions, ReferrerPolicy } = security;
  const transport = security.StrictTransportSecurity;
  const entries: readonly (readonly [
    string,
    string | undefined,
    { readonly Override: boolean } | undefined,
  ])[] = [
    ['content-security-policy', ContentSecurityPolicy?.ContentSecurityPolicy, ContentSecurityPolicy],
    ['x-content-type-options', 'nosniff', ContentTypeOptions],
    ['x-frame-options', FrameOptions?.FrameOption, FrameOptions],
    ['referrer-policy', ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy],
    [
      'strict-transport-security',
      transport &&
        [
          `max-age=${transport.AccessControlMaxAgeSec}`,
          ...(transport.IncludeSubdomains ? ['includeSubDomains'] : []),
          ...(transport.Preload ? ['preload'] : []),
        ].join('; '),
      transport,
    ],
  ];
  return entries.flatMap(([header, value, policy]) =>
    policy && value !== undefined ? [{ header, value, override: policy.Override }] : [],
  );
}
