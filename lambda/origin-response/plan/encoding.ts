import type { AvifEncoding, Encoding, EncodingRequest, JpegEncoding, WebpEncoding } from './encoding-types';
import { avifQuality, jpegQuality, webpQuality } from './quality-scale';

/** From this quality on, AVIF keeps full colour resolution, for 5 % more bytes. */
const FULL_CHROMA = 90;

/**
 * Up to so many pixels a JPEG is worth trellis quantisation: 6 ms more for 0.12 megapixels and 66 ms for one, and 11 to
 * 14 % fewer bytes.
 */
const TRELLIS_PIXELS = 1_200_000;

/** Adaptive filters make photos 41 % smaller, and some drawings larger. */
const TRUE_COLOUR = { format: 'png', palette: false, compressionLevel: 6 } as const;

/** Where the picture has no more colours than these, the palette has them all, and no pixel changes. */
const MAX_COLOURS = 256;

/**
 * The smallest bytes that each encoder is asked for, at the effort that is configured. Bytes and CPU time are compared
 * at equal SSIMULACRA2, with butteraugli as a guard; bench/README.md has the tables. AVIF's `tune` stays sharp's own,
 * `iq`: `ssim` takes 3 % more bytes, and up to 18.
 *
 * @param pixels over all frames
 */
export function bestEncoding(request: EncodingRequest, pixels: number): Encoding {
  const { format, quality, effort, isPalette, traits } = request;
  const frame = pixels / request.frames;
  switch (format) {
    case 'jpeg':
      return bestJpeg(request, pixels);
    case 'webp':
      return {
        format,
        quality: webpQuality(quality, frame),
        // 6: 2.4 times the CPU for 3 % fewer bytes. 2: half the CPU for 8 % more.
        effort: effort === 'small' ? 6 : 4,
        // Twice the CPU: for photos no gain.
        smartSubsample: traits.hasFineColour,
      };
    case 'avif': {
      const chromaSubsampling = traits.hasFineColour || quality >= FULL_CHROMA ? '4:4:4' : '4:2:0';
      return {
        format,
        quality: avifQuality(quality, frame),
        // 1: 40 % of the CPU for 23 % more bytes. 4: five times the CPU for 6 % fewer.
        effort: { fast: 1, balanced: 3, small: 4 }[effort],
        chromaSubsampling,
      };
    }
    case 'png':
      if (traits.colours !== undefined) return palette(traits.colours);
      if (isPalette) return palette(MAX_COLOURS);
      return { ...TRUE_COLOUR, filters: traits.isFlat ? 'smaller' : 'adaptive' };
    case 'gif':
      // sharp's own, effort 7 and dithered: 3 to 4 times the CPU, and 3 to 11 % more bytes.
      // `reuse` would keep the original's palette, which has neither the background nor the colours in between.
      return { format, reuse: false, dither: 0, effort: 4 };
  }
}

/**
 * Table 3 takes 6 % fewer bytes than the standard's for no time. Progressive without `optimiseScans` gains nothing below
 * a megapixel.
 */
function bestJpeg({ quality, effort, traits }: EncodingRequest, pixels: number): JpegEncoding {
  const isTrellis = effort === 'small' || (effort === 'balanced' && pixels <= TRELLIS_PIXELS);
  return {
    format: 'jpeg',
    quality: jpegQuality(quality, isTrellis),
    // 4:4:4 costs photos 8 to 15 %.
    chromaSubsampling: traits.hasFineColour ? '4:4:4' : '4:2:0',
    quantisationTable: 3,
    trellisQuantisation: isTrellis,
    overshootDeringing: isTrellis,
    optimiseScans: effort === 'small',
  };
}

/** sharp's own, effort 7 and dithered: 4 to 5 times the CPU for a chart 5 % smaller. */
function palette(colours: number): Encoding {
  // sharp makes no palette of a single colour.
  return { format: 'png', palette: true, colours: Math.max(2, colours), dither: 0, effort: 4 };
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
      return cheaperJpeg(encoding);
    case 'webp':
      return cheaperWebp(encoding);
    case 'avif':
      return lowerEffort(encoding, [3, 2, 1, 0]) ?? halfChroma(encoding);
    case 'png':
      // A lower effort saves 2 %: the time goes into the search for the palette.
      if (encoding.palette) return { ...TRUE_COLOUR, filters: 'adaptive' };
      if (encoding.filters === 'smaller') return { ...encoding, filters: 'adaptive' };
      return encoding.compressionLevel > 3 ? { ...encoding, compressionLevel: 3 } : undefined;
    case 'gif':
      return lowerEffort(encoding, [1]);
  }
}

function cheaperJpeg(encoding: JpegEncoding): JpegEncoding | undefined {
  if (encoding.optimiseScans) return { ...encoding, optimiseScans: false };
  return encoding.trellisQuantisation
    ? { ...encoding, trellisQuantisation: false, overshootDeringing: false }
    : undefined;
}

function cheaperWebp(encoding: WebpEncoding): WebpEncoding | undefined {
  if (encoding.effort > 4) return { ...encoding, effort: 4 };
  return encoding.smartSubsample ? { ...encoding, smartSubsample: false } : lowerEffort(encoding, [2]);
}

/** The next lower of the efforts. */
function lowerEffort<E extends { readonly effort: number }>(
  encoding: E,
  efforts: readonly number[],
): E | undefined {
  const effort = efforts.find((candidate) => candidate < encoding.effort);
  return effort === undefined ? undefined : { ...encoding, effort };
}

function halfChroma(encoding: AvifEncoding): AvifEncoding | undefined {
  return encoding.chromaSubsampling === '4:4:4' ? { ...encoding, chromaSubsampling: '4:2:0' } : undefined;
}
