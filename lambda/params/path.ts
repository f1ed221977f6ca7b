import { decode } from './value';

/**
 * The one spelling of a path: what needs no escape has none, everything else has one, and a plus sign is
 * the space that S3 takes it for. This is also how a request to S3 is signed:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 *
 * @returns undefined where the path is no UTF-8
 */
export function normalisePath(path: string): string | undefined {
  const key = decode(path.replace(/\+/g, '%20'));
  if (key === undefined) return undefined;
  return encodeURIComponent(key)
    .replace(/%2F/g, '/')
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
