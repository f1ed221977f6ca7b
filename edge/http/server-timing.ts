import { type Headers, withoutHeaders } from './http-types';

/**
 * What CloudFront adds where the response headers policy asks for it: whether the response was in the cache.
 * The origin's own timing is of the miss that brought the response, and goes with that one alone.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#server-timing-header
 *
 * @param result as in `X-Cache`
 */
export function withServerTiming(headers: Headers, result: string): Headers {
  const { 'server-timing': origin } = headers;
  const rest = withoutHeaders(headers, ['server-timing']);
  if (result === 'Hit') return { ...rest, 'server-timing': 'cdn-cache-hit' };
  if (result === 'RefreshHit') return { ...rest, 'server-timing': 'cdn-cache-refresh' };
  if (result !== 'Miss') return rest;
  return {
    ...rest,
    'server-timing': ['cdn-cache-miss', ...(origin === undefined ? [] : [origin])].join(', '),
  };
}
