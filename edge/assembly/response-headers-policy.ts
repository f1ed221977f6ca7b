import type { z } from 'zod';
import type { responseHeadersPolicySchema } from './template';

/** A header that the policy adds. */
export interface PolicyHeader {
  readonly header: string;
  readonly value: string;
  /** Whether it replaces the origin's header of the same name. */
  readonly override: boolean;
  /**
   * `cors`: only for requests with an `Origin`. `preflight`: only for CORS preflight requests.
   *
   * @default - for every request
   */
  readonly only?: 'cors' | 'preflight';
}

/** A response headers policy, flattened to lists. */
export interface ResponseHeadersPolicy {
  readonly remove: readonly string[];
  readonly add: readonly PolicyHeader[];
  /** The origins that receive CORS headers; `*` for all. */
  readonly corsOrigins: readonly string[];
  /** Whether `Server-Timing` is added. */
  readonly serverTiming: boolean;
}

type Config = z.output<typeof responseHeadersPolicySchema>['ResponseHeadersPolicyConfig'];
type Cors = NonNullable<Config['CorsConfig']>;
type Security = NonNullable<Config['SecurityHeadersConfig']>;

/** Flattens the policy of a template. Without a policy, the result adds and removes nothing. */
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
    // Any sampling rate above 0 counts as 100%: one developer makes too few requests to sample.
    serverTiming: Boolean(
      config?.ServerTimingHeadersConfig?.Enabled && config.ServerTimingHeadersConfig.SamplingRate > 0,
    ),
  };
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
