import { normalisePath } from '../../lambda/contract/path';
import { badInput } from './bad-input';

const BASE = /^(https?:\/\/[^\s/?#\\]+)?((?:\/(?!\/)[^?#\\]*)?)$/;

/**
 * What no URL can name: nothing; two slashes in front, after which comes a host; dots, which a browser
 * resolves before it asks; half a character.
 */
const UNNAMEABLE = /^\/(\/|$)|\/\.\.?(\/|$)|\p{Cs}/u;

/**
 * Base and key as one URL without a query, its path in the normal form.
 *
 * @throws RangeError for a base or key that no URL can name, and for a URL in the place of a key
 */
export function imagePath(base: string, key: string): string {
  const [, origin = '', prefix = '%'] = BASE.exec(base) ?? [];
  const folder = normalisePath(prefix.replace(/\/$/, ''));
  if (folder === undefined || UNNAMEABLE.test(folder)) {
    throw badInput('base', base, "https://host, https://host/path, /path or ''");
  }
  const path = key.replace(/^\/?/, '/');
  if (UNNAMEABLE.test(path) || /^.[\w+.-]+:\/\//.test(path)) {
    throw badInput('key', key, "an object's, no URL, no // in front, no folder . or ..");
  }
  return origin + folder + normalisePath(path.replace(/[^/]+/g, encodeURIComponent));
}
