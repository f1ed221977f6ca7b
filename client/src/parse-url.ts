import { nameOf, PARAMETERS } from '../../lambda/contract/parameters/table';
import { decode } from '../../lambda/contract/parameters/value';
import { normalisePath } from '../../lambda/contract/path';
import { badInput } from './bad-input';
import type { ImageParams } from './image-params';
import { imagePath } from './image-path';
import { readParams } from './image-query';

/** What a URL says: the object and its crop. */
export interface ParsedUrl {
  /** The object's key, unescaped, without a leading slash. */
  readonly key: string;
  /** Empty for the original. */
  readonly params: ImageParams;
}

/**
 * Reads a URL back into what {@link imageUrl} made it from. A signature and names that are no parameters are
 * left out.
 *
 * @param base as of {@link imageUrl}
 * @returns undefined for a URL that does not begin with the base, or that names no object
 * @throws RangeError for a base or value that is not allowed, with the line that the deployment answers
 */
export function parseUrl(base: string, url: string): ParsedUrl | undefined {
  const [, origin = '', path = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)?([^?#]*)\??([^#]*)/i.exec(url) ?? [];
  const folder = imagePath(base, '_').slice(0, -1);
  const whole = origin.toLowerCase() + normalisePath(path);
  const key = decode(whole.slice(folder.length));
  if (!key || key[0] === '/' || !whole.startsWith(folder)) return undefined;
  // Each value is read by its row of the table, so it is of its field's type.
  const params = readParams(readTexts(query)) as ImageParams;
  return { key, params: params.t ? params : {} };
}

/** The one value of each parameter, percent-encoded. */
function readTexts(query: string): Record<string, string | undefined> {
  const texts: Record<string, string | undefined> = {};
  for (const { name } of PARAMETERS) {
    const [text, second] = query
      .split('&')
      .map((pair) => pair.split('='))
      .filter(([said = '', first]) => first && nameOf(said) === name)
      .map(([, ...rest]) => rest.join('='));
    if (second) throw badInput(name, `${text} and ${second}`, 'one value');
    texts[name] = text;
  }
  return texts;
}
