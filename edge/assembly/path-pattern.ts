/** Whether a path, as it was sent, matches a behaviour's pattern. */
export type PathMatcher = (uri: string) => boolean;

/**
 * Compiles a CloudFront path pattern. `*` matches any number of characters including slashes, `?` matches one.
 * Matching is case-sensitive, and the leading slash is optional.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function createPathMatcher(pattern: string): PathMatcher {
  const source = (pattern.startsWith('/') ? pattern : `/${pattern}`)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    // `**` is the same as `*`, but would backtrack more.
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (uri) => expression.test(normalisedPath(uri));
}

const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * Normalises a path for matching only: decodes unreserved characters, merges slashes and resolves dot segments.
 * Functions and S3 still receive the path as it was sent.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#path-normalization
 */
function normalisedPath(uri: string): string {
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
