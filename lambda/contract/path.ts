import { decode } from './parameters/value';

/**
 * The one spelling of a path: what needs no escape has none, everything else has one, and a plus sign is
 * the space that S3 takes it for. This is also how a request to S3 is signed:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 *
 * An escaped slash stays one: by the slashes CloudFront has chosen a cache behaviour, with its bucket, and what
 * comes from one bucket must not be cached under the path of another.
 *
 * @returns undefined where the path is no UTF-8
 */
export function normalisePath(path: string): string | undefined {
  const segments = path.replace(/\+/g, '%20').split('/');
  for (let i = 0; i < segments.length; i++) {
    const segment = decode(segments[i] as string);
    if (segment === undefined) return undefined;
    segments[i] = encodeURIComponent(segment).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  }
  return segments.join('/');
}
