import type { OutputFormat } from '../plan/encoding-types';
import { withExtension } from './file-type-headers';

/** Characters of a name that are kept, the last ones: a key has up to 1,024 bytes, and a header's count with the body's. */
const MAX_NAME = 40;

/**
 * The `Content-Disposition` that makes browsers save a picture under its object's name.
 * https://www.rfc-editor.org/rfc/rfc6266 https://www.rfc-editor.org/rfc/rfc8187
 *
 * @param key the object's, decoded
 * @param format of the variant; absent: the name's extension is right
 */
export function attachment(key: string, format?: OutputFormat): string {
  const last = key.split('/').at(-1) || 'image';
  const name = [...(format ? withExtension(last, format) : last)].slice(-MAX_NAME).join('');
  // Some browsers decode `%xx` in a plain name, and some take a backslash for an escape.
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const said = `attachment; filename="${plain}"`;
  return plain === name ? said : `${said}; filename*=UTF-8''${encoded(name)}`;
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
