import type { SourceFormat } from './source-image';

/** TIFF and BigTIFF, in both byte orders. */
const TIFF = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'];

/**
 * Detects the format by its signature. File names and content types are only what an uploader claims.
 *
 * @returns undefined for everything that we do not crop: svg, pdf, html, text, an empty object
 */
export function sniff(bytes: Uint8Array): SourceFormat | undefined {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'gif';
  if (ascii(4, 8) === 'ftyp') return heifFormat(ascii(8, 12) + ascii(16, brandsEnd(bytes)));
  if (TIFF.includes(ascii(0, 4))) return 'tiff';
  return undefined;
}

/**
 * Tells AVIF from HEIC by the brands: the major one may be another (`mif1`), with theirs among the compatible ones.
 *
 * @param brands of four characters each
 */
function heifFormat(brands: string): SourceFormat | undefined {
  if (/^(.{4})*avi[fs]/s.test(brands)) return 'avif';
  return /^(.{4})*(hei[cxms]|hev[cxms])/s.test(brands) ? 'heic' : undefined;
}

/** Where the brands of the first box end. The file's own length is bounded, because it may be wrong. */
function brandsEnd(bytes: Uint8Array): number {
  const length = ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  return Math.min(Math.max(length, 16), 256);
}
