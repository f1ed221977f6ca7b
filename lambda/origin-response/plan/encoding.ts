import type { Encoding, EncodingRequest } from './encoding-types';
import { avifQuality, webpQuality } from './quality-scale';

/** From this quality on, AVIF keeps full colour resolution, for 5 % more bytes. */
const FULL_CHROMA = 90;

/** Adaptive filtering makes photos 41 % smaller, and drawings 2 % larger. */
const TRUE_COLOUR: Encoding = { format: 'png', palette: false, adaptiveFiltering: true, compressionLevel: 6 };

/**
 * The smallest bytes that each encoder is asked for; more effort costs too much time for what it saves. Bytes
 * and CPU time are compared at equal SSIM; bench/README.md has the tables. AVIF's `tune` stays sharp's own:
 * `ssim` wins 8 % by SSIM, and loses where people look.
 */
export function bestEncoding({ format, quality, isPalette }: EncodingRequest): Encoding {
  switch (format) {
    case 'jpeg': {
      // Progressive: the same pixels, up to twice the CPU, 3 % fewer bytes at most and none at quality 60.
      // mozjpeg: 8 to 11 times the CPU for 1 to 4 % fewer. 4:4:4: 1.3 times the bytes, so only where flat colours meet.
      const chromaSubsampling = isPalette ? '4:4:4' : '4:2:0';
      return { format, quality, chromaSubsampling };
    }
    case 'webp':
      // Effort 2: half the CPU, 11 to 15 % more bytes. Efforts 5 and 6: no fewer bytes.
      return { format, quality: webpQuality(quality), effort: 4 };
    case 'avif': {
      // sharp's own, effort 4 and 4:4:4: 6 to 8 times the CPU, and 1 to 3 % more bytes.
      const chromaSubsampling = isPalette || quality >= FULL_CHROMA ? '4:4:4' : '4:2:0';
      return { format, quality: avifQuality(quality), effort: 3, chromaSubsampling };
    }
    case 'png':
      // sharp's own, effort 7 and dithered: 4 to 5 times the CPU for a chart 5 % smaller, photos 4 % larger.
      return isPalette ? { format, palette: true, dither: 0, effort: 4 } : TRUE_COLOUR;
    case 'gif':
      // sharp's own, effort 7 and dithered: 3 to 4 times the CPU, and 3 to 11 % more bytes.
      // `reuse` would keep the original's palette, which has neither the background nor the colours in between.
      return { format, reuse: false, dither: 0, effort: 4 };
  }
}

/**
 * The next cheaper encoding of the same picture, at more bytes.
 *
 * WebP stops at effort 2: lower efforts fail on large pictures of noise ("unable to encode", 4096×4096 at
 * quality 90).
 *
 * @returns undefined for the cheapest
 */
export function cheaperEncoding(encoding: Encoding): Encoding | undefined {
  switch (encoding.format) {
    case 'jpeg':
      return undefined;
    case 'webp':
      return lowerEffort(encoding, [2]);
    case 'avif':
      return lowerEffort(encoding, [2, 1, 0]) ?? halfChroma(encoding);
    case 'png':
      // A lower effort saves 2 %: the time goes into the search for the palette.
      if (encoding.palette) return TRUE_COLOUR;
      return encoding.compressionLevel > 3 ? { ...encoding, compressionLevel: 3 } : undefined;
    case 'gif':
      return lowerEffort(encoding, [1]);
  }
}

/** The next lower of the efforts. */
function lowerEffort<E extends { readonly effort: number }>(
  encoding: E,
  efforts: readonly number[],
): E | undefined {
  const effort = efforts.find((candidate) => candidate < encoding.effort);
  return effort === undefined ? undefined : { ...encoding, effort };
}

function halfChroma(encoding: Extract<Encoding, { format: 'avif' }>): Encoding | undefined {
  return encoding.chromaSubsampling === '4:4:4' ? { ...encoding, chromaSubsampling: '4:2:0' } : undefined;
}
