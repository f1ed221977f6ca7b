/** Whether a path, as it was sent, is one of those that a behaviour is for. */
export type PathMatcher = (uri: string) => boolean;

/**
 * A path pattern as CloudFront reads it: `*` is any number of characters, slashes too, `?` is one, letters are
 * compared case by case, and a leading slash may be missing.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function createPathMatcher(pattern: string): PathMatcher {
  const source = (pattern.startsWith('/') ? pattern : `/${pattern}`)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    // Several stars match what one does, in less time.
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (uri) => expression.test(resolvedPath(uri));
}

const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * The path that patterns are compared with: escapes of letters that need none are decoded, several slashes are
 * one, and dot segments are resolved. What goes on to the function and to S3 is the path as it was sent.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#path-normalization
 */
function resolvedPath(uri: string): string {
  const decoded = uri.replace(/%[0-9A-Fa-f]{2}/g, (escaped) => {
    const letter = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return UNRESERVED.test(letter) ? letter : escaped;
  });
  const segments = decoded.replace(/\/{2,}/g, '/').split('/');
  const last = segments.at(-1);
  const kept: string[] = [];
  for (const segment of segments.slice(1)) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  // `/a/..` is the folder `/`, with its slash.
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
}
