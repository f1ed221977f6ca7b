const HEIF_BRANDS = /^(hei[cxms]|hev[cxms]|mif1|msf1|mif2)/;

/** Signatures at the start of files that are often uploaded. */
const SIGNATURES: readonly (readonly [type: string, start: string])[] = [
  ['pdf', '%PDF-'],
  ['bmp', 'BM'],
  ['ico', '\0\0\x01\0'],
  ['psd', '8BPS'],
  ['gzip', '\x1f\x8b'],
  ['zip', 'PK\x03\x04'],
  ['jxl', '\xff\x0a'],
  ['jxl', '\0\0\0\x0cJXL '],
  ['jp2', '\0\0\0\x0cjP  '],
];

/**
 * Names what is not cropped, for the response and the log: a word of letters and digits, `empty` for no bytes and
 * `unknown` for what has no name here.
 */
export function foreignType(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'empty';
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024));
  const text = start.toString('latin1');
  const signature = SIGNATURES.find(([, prefix]) => text.startsWith(prefix));
  if (signature !== undefined) return signature[0];
  if (text.slice(4, 8) === 'ftyp') return HEIF_BRANDS.test(text.slice(8, 12)) ? 'heic' : 'mp4';
  // With or without a byte order mark.
  const markup = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^<(\?xml|!--|!doctype svg|svg)/i.test(markup) && /<svg[\s>]/i.test(markup)) return 'svg';
  if (/^<(!doctype html|html|head|body|script)/i.test(markup)) return 'html';
  if (markup.startsWith('<?xml')) return 'xml';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what text does not have
  return /[\0-\x08\x0e-\x1a]/.test(text) ? 'unknown' : 'text';
}
