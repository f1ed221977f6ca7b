import { AVIF_KINDS } from './avif';
import { FOREIGN_KINDS } from './foreign';
import { GIF_KINDS } from './gif';
import { HEIC_KINDS } from './heic';
import { JPEG_KINDS } from './jpeg';
import type { Kind } from './kind';
import { PNG_KINDS } from './png';
import { TIFF_KINDS } from './tiff';
import { WEBP_KINDS } from './webp';

/** Every kind of original, by format. HEIC is apart: it takes a setting, and a program to make it. */
export const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  JPEG: JPEG_KINDS,
  PNG: PNG_KINDS,
  GIF: GIF_KINDS,
  WebP: WEBP_KINDS,
  AVIF: AVIF_KINDS,
  TIFF: TIFF_KINDS,
};

export { FOREIGN_KINDS, HEIC_KINDS };
