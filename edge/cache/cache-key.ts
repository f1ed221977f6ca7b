/**
 * Filters a query string to what the cache policy forwards. Order, spelling and duplicates are kept; names are
 * compared exactly, without decoding.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 */
export function forwardedQuerystring(querystring: string, forwarded: 'all' | readonly string[]): string {
  if (forwarded === 'all') return querystring;
  return querystring
    .split('&')
    .filter((pair) => forwarded.includes(pair.split('=', 1)[0] ?? ''))
    .join('&');
}

/**
 * The key of a response in the cache. GET and HEAD share it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 */
export function cacheKey(uri: string, querystring: string): string {
  return querystring ? `${uri}?${querystring}` : uri;
}
