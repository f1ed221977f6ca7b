import type { SourceFormat } from './source-image';

/**
 * Tells a format by its signature. Names and content types are what an uploader says; bytes are what a
 * decoder would get.
 *
 * @returns undefined for everything that we do not crop: svg, pdf, html, heic, text, nothing at all
 */
export function sniff(bytes: Uint8Array): SourceFormat | undefined {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'gif';
  if (ascii(4, 8) === 'ftyp' && hasAvifBrand(ascii(8, 12), ascii(16, brandsEnd(bytes)))) return 'avif';
  if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return 'tiff';
  return undefined;
}

/** An AVIF may call itself something else first (`mif1`) and `avif` among the compatible brands. */
function hasAvifBrand(major: string, compatible: string): boolean {
  return /^(.{4})*avi[fs]/s.test(major + compatible);
}

/** Where the brands of the first box end; the length is the file's own word, so it is bounded. */
function brandsEnd(bytes: Uint8Array): number {
  const length = ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  return Math.min(Math.max(length, 16), 256);
}
