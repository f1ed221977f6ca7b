import { type Headers, oncePerHeaders, withoutHeaders } from './headers';

/**
 * Adds the `Server-Timing` header that CloudFront adds when the response headers policy enables it.
 * The origin's own timing describes the miss that fetched the response, so hits do not repeat it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#server-timing-header
 *
 * @param result the first word of `X-Cache`
 */
export function withServerTiming(headers: Headers, result: string): Headers {
  if (result === 'Hit') return withHitTiming(headers);
  const { 'server-timing': origin } = headers;
  const rest = withoutHeaders(headers, ['server-timing']);
  if (result === 'RefreshHit') return { ...rest, 'server-timing': 'cdn-cache-refresh' };
  if (result !== 'Miss') return rest;
  return {
    ...rest,
    'server-timing': ['cdn-cache-miss', ...(origin === undefined ? [] : [origin])].join(', '),
  };
}

const withHitTiming = oncePerHeaders((headers) => ({
  ...withoutHeaders(headers, ['server-timing']),
  'server-timing': 'cdn-cache-hit',
}));
