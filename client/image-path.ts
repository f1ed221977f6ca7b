import { normalisePath } from '../lambda/params/path';
import { badInput, escapeText } from './bad-input';

const BASE = /^(https?:\/\/[^\s/?#\\]+)?((?:\/(?!\/)[^?#\\]*)?)$/i;

/** What a browser resolves before it asks, so that another picture would come. */
const DOTS = /(^|\/)\.\.?(\/|$)/;

/**
 * Base and key as one URL without a query, its path in the normal form.
 *
 * @throws RangeError for a base or key that no URL can name
 */
export function imagePath(base: string, key: string): string {
  const [, origin = '', prefix] = BASE.exec(base) ?? [];
  const folder = prefix === undefined ? undefined : normalisePath(prefix.replace(/\/$/, ''));
  if (folder === undefined || DOTS.test(folder)) {
    throw new RangeError(
      badInput('base', base, "https://host, https://host/path, /path or '' for the page's own"),
    );
  }
  const name = key.replace(/^\//, '');
  // With two slashes in front, what follows would be a host.
  if (name === '' || name.startsWith('/') || DOTS.test(name)) {
    throw new RangeError(
      badInput('key', key, "the key of an object, no '.' or '..' between slashes and no '//' at its start"),
    );
  }
  return origin + folder + normalisePath(`/${escapeText('key', name)}`);
}
