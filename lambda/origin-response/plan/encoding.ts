import type { SourceFormat, SourceImage } from '../source/source-image';
import { encodeMilliseconds } from './encode-cost';
import type { Size } from './geometry';
import { avifQuality, webpQuality } from './quality-scale';

/** The formats that a variant can have. */
export type OutputFormat = Exclude<SourceFormat, 'tiff'>;

export type ChromaSubsampling = '4:2:0' | '4:4:4';

/** What an encoder is told, in sharp's words: `quality` is the encoder's own. */
export type Encoding =
  | {
      readonly format: 'jpeg';
      readonly quality: number;
      readonly chromaSubsampling: ChromaSubsampling;
    }
  | { readonly format: 'webp'; readonly quality: number; readonly effort: number }
  | {
      readonly format: 'avif';
      readonly quality: number;
      readonly effort: number;
      readonly chromaSubsampling: ChromaSubsampling;
    }
  | {
      readonly format: 'png';
      readonly palette: false;
      readonly adaptiveFiltering: true;
      readonly compressionLevel: number;
    }
  | { readonly format: 'png'; readonly palette: true; readonly dither: 0; readonly effort: number }
  | { readonly format: 'gif'; readonly dither: 0; readonly effort: number };

/**
 * Milliseconds that an encode may take by {@link encodeMilliseconds}: 2 s for noise on the machine measured,
 * and the margin. A photo takes a fifth (JPEG) to a half (AVIF) of that, so a miss of 2 megapixels is
 * answered within a second.
 */
const BUDGET = 3000;

/** From this quality on an AVIF's colours are as sharp as its brightness, for 5 % more bytes. */
const FULL_CHROMA = 90;

/** Filtering each row in its own way makes photos smaller by 41 %, and drawings larger by 2 %. */
const TRUE_COLOUR: Encoding = { format: 'png', palette: false, adaptiveFiltering: true, compressionLevel: 6 };

/**
 * Chooses what the encoder is told: the smallest bytes that its budget holds for that many pixels.
 *
 * @param quality 1…100 on JPEG's scale
 * @param size of the variant
 */
export function chooseEncoding(
  format: OutputFormat,
  quality: number,
  size: Size,
  source: Pick<SourceImage, 'frames' | 'isPalette'>,
): Encoding {
  const pixels = size.width * size.height * (format === 'webp' || format === 'gif' ? source.frames : 1);
  let encoding = best(format, quality, source);
  while (encodeMilliseconds(encoding, pixels) > BUDGET) {
    const next = cheaper(encoding);
    if (next === undefined) break;
    encoding = next;
  }
  return encoding;
}

/**
 * The same picture by a cheaper encode, at more bytes; undefined where there is none. In WebP, efforts
 * below 2 are no way out: they fail on large pictures of noise ("unable to encode", 4096×4096 at 90).
 */
export function cheaper(encoding: Encoding): Encoding | undefined {
  switch (encoding.format) {
    case 'jpeg':
      return undefined;
    case 'webp':
      return lowerEffort(encoding, [2]);
    case 'avif':
      return lowerEffort(encoding, [2, 1, 0]) ?? halfChroma(encoding);
    case 'png':
      // A lower effort saves 2 %: it is the search for the palette that costs.
      if (encoding.palette) return TRUE_COLOUR;
      return encoding.compressionLevel > 3 ? { ...encoding, compressionLevel: 3 } : undefined;
    case 'gif':
      return lowerEffort(encoding, [1]);
  }
}

/**
 * The most that each encoder is ever asked for. Bytes and CPU time are at equal SSIM; bench/README.md has
 * the tables. `tune` of AVIF stays sharp's: `ssim` wins at SSIM, by 8 %, and loses where people look.
 */
function best(
  format: OutputFormat,
  quality: number,
  { isPalette }: Pick<SourceImage, 'isPalette'>,
): Encoding {
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
      return { format, dither: 0, effort: 4 };
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
