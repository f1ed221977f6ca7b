import { decode } from './parameters/value';

/**
 * The normal form of a path: escapes only where they are needed, and a plus sign as the space that S3 reads it as. S3's
 * own signatures use the same form:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 *
 * An escaped slash is refused. S3 would read it as a slash, but CloudFront has chosen the cache behaviour, and with it
 * the bucket, by the unescaped slashes.
 *
 * @returns undefined for a path that is not UTF-8, or that has an escaped slash
 */
export function normalisePath(path: string): string | undefined {
  const segments = path.replace(/\+/g, '%20').split('/');
  for (let i = 0; i < segments.length; i++) {
    const segment = decode(segments[i] as string);
    if (segment === undefined || segment.indexOf('/') >= 0) return undefined;
    segments[i] = encodeURIComponent(segment).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  }
  return segments.join('/');
}
