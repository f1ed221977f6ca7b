import { decode } from './parameters/value';

/** What comes before decoding: `%2F` is kept from it by one more escape, and so is what would look like it then. */
const BEFORE = '+ %20 %25 %25p %2f %25s %2F %25s';

/** What comes after encoding: slashes as they were, and what `encodeURIComponent` leaves as it is. */
const AFTER = "%2F / %25s %2F %25p %25 ! %21 ' %27 ( %28 ) %29 * %2A";

/**
 * The normal form of a path: escapes only where they are needed, and a plus sign as the space that S3 reads it as. S3's
 * own signatures use the same form:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 *
 * An escaped slash stays escaped. CloudFront has chosen the cache behaviour, and with it the bucket, by the unescaped
 * slashes; an object of one bucket must not be cached under a path of another.
 *
 * @returns undefined for a path that is not UTF-8
 */
export function normalisePath(path: string): string | undefined {
  if (/^[\w.~/-]*$/.test(path)) return path;
  const decoded = decode(replaceAll(path, BEFORE));
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
