import { decode } from './parameters/value';

/** What comes after encoding: slashes as they were, and what `encodeURIComponent` leaves as it is. */
const AFTER = "%2F / ! %21 ' %27 ( %28 ) %29 * %2A";

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
  if (/^[\w.~/-]*$/.test(path)) return path;
  if (/%2f/i.test(path)) return undefined;
  const decoded = decode(replaceAll(path, '+ %20'));
  return decoded === undefined ? undefined : replaceAll(encodeURIComponent(decoded), AFTER);
}

/**
 * Replaces each text of the list by the one after it. `replace` with a pattern takes quadratic time in CloudFront's
 * engine.
 */
function replaceAll(text: string, list: string): string {
  const texts = list.split(' ');
  let replaced = text;
  for (let i = 0; i < texts.length; i += 2) {
    const wanted = texts[i] as string;
    if (replaced.indexOf(wanted) >= 0) replaced = replaced.split(wanted).join(texts[i + 1]);
  }
  return replaced;
}
