/** Whether a path matches a behaviour's pattern. */
export type PathMatcher = (uri: string) => boolean;

/**
 * Compiles a CloudFront path pattern. `*` matches any number of characters including slashes, `?` matches one.
 * Matching is case-sensitive, and the leading slash is optional.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 *
 * @returns a matcher of paths as they were sent
 */
export function createPathMatcher(pattern: string): PathMatcher {
  return (uri) => matchesPattern(pattern, normalisedPath(uri));
}

/** Matches a path that is normalised already. */
export function matchesPattern(pattern: string, path: string): boolean {
  return matchesGlob(pattern.startsWith('/') ? pattern : `/${pattern}`, path);
}

/**
 * Matches with one point to go back to, the last `*`: what an earlier one matched never has to grow. The work is the
 * product of both lengths at most, where a regular expression takes the length to the power of the stars.
 */
export function matchesGlob(glob: ArrayLike<string>, text: ArrayLike<string>): boolean {
  let at = 0;
  let star = -1;
  let starEnd = 0;
  for (let position = 0; position < text.length; ) {
    if (glob[at] === '*') {
      star = at++;
      starEnd = position;
    } else if (at < glob.length && (glob[at] === '?' || glob[at] === text[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++starEnd;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}

const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * Normalises a path for matching only: decodes unreserved characters, merges slashes and resolves dot segments.
 * Functions and S3 still receive the path as it was sent.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#path-normalization
 */
export function normalisedPath(uri: string): string {
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
