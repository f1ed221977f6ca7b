import type { Size } from './geometry';
import type { SourceFormat, SourceImage } from './source-image';

/** The formats that a variant can have. */
export type OutputFormat = Exclude<SourceFormat, 'tiff'>;

/** What an encoder is told. */
export type Encoding =
  | { readonly format: 'jpeg'; readonly quality: number; readonly mozjpeg: boolean }
  | { readonly format: 'webp'; readonly quality: number; readonly effort: number }
  | {
      readonly format: 'avif';
      readonly quality: number;
      readonly effort: number;
      readonly chromaSubsampling: '4:2:0' | '4:4:4';
    }
  | { readonly format: 'png'; readonly palette: boolean }
  | { readonly format: 'gif' };

const MEGAPIXEL = 1_000_000;

/**
 * Chooses what the encoder is told. Effort falls as pixels rise, so that a miss keeps its time budget:
 * at sharp's default effort an AVIF takes ten times the time for a tenth of the bytes.
 *
 * @param quality 1…100 on JPEG's scale
 * @param size of the variant
 */
export function chooseEncoding(
  format: OutputFormat,
  quality: number,
  size: Size,
  source: SourceImage,
): Encoding {
  const pixels = size.width * size.height * (format === 'webp' || format === 'gif' ? source.frames : 1);
  switch (format) {
    case 'jpeg':
      return { format, quality, mozjpeg: pixels <= 4 * MEGAPIXEL };
    case 'webp':
      return { format, quality, effort: pixels <= MEGAPIXEL ? 4 : 2 };
    case 'avif':
      return {
        format,
        quality: avifQuality(quality),
        effort: pixels <= MEGAPIXEL ? 2 : 1,
        chromaSubsampling: quality > 90 ? '4:4:4' : '4:2:0',
      };
    case 'png':
      return { format, palette: source.isPalette };
    case 'gif':
      return { format };
  }
}

/** AVIF reaches a JPEG's looks at a lower number: 50 is JPEG's 80. */
function avifQuality(quality: number): number {
  return Math.max(1, Math.round((quality * 50) / 80));
}
