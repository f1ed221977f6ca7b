/**
 * What of a query string reaches the cache key and the origin: the allow-listed parameters, in the order and
 * the spelling they were sent in, duplicates included. Names are compared letter by letter, undecoded.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 */
export function forwardedQuerystring(querystring: string, allowList: readonly string[]): string {
  return querystring
    .split('&')
    .filter((pair) => allowList.includes(pair.split('=', 1)[0] ?? ''))
    .join('&');
}

/**
 * The name a response is cached under. GET and HEAD share it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 */
export function cacheKey(uri: string, forwarded: string): string {
  return forwarded ? `${uri}?${forwarded}` : uri;
}
