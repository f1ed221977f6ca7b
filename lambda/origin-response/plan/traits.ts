import type { OutputFormat, Traits } from './encoding-types';

/** Of most photos, and of what is not measured. */
export const PHOTO_TRAITS: Traits = { hasFineColour: false, colours: undefined, isFlat: false };

/** Pixels in memory, 8 bits a channel: grey, or red, green and blue, with alpha or without. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Blocks of two by two pixels, or pairs of neighbours, that are looked at. Enough for a share, in a fraction of a millisecond. */
const SAMPLES = 10_000;

/** By how much of 255 a block's chroma is off when it is halved and doubled, where that begins to show. */
const FAINT = 12;

/** The same, where it is plain to see. */
const PLAIN = 24;

/** The share of plain losses from which full chroma is worth its bytes. */
const FINE_SHARE = 0.015;

/**
 * In photos most losses are faint, in drawings most are plain. The grainy photo with the most plain ones (6 %) has twice
 * as many faint ones, and would take 27 % more bytes in full chroma.
 */
const PLAIN_OF_FAINT = 0.45;

/** The share of equal neighbours from which rows may be smaller without a filter. */
const FLAT_SHARE = 0.25;

/** Measures what the format's encoder is told, in a millisecond or two. */
export function traitsOf(pixels: Pixels, format: OutputFormat): Traits {
  if (format === 'gif') return PHOTO_TRAITS;
  if (format !== 'png') return { ...PHOTO_TRAITS, hasFineColour: hasFineColour(pixels) };
  // A palette is of colours: grey, of which there are never more, is smaller as it is.
  const colours = pixels.channels < 3 ? undefined : countColours(pixels);
  return { ...PHOTO_TRAITS, colours, isFlat: colours === undefined && isFlat(pixels) };
}

function hasFineColour(pixels: Pixels): boolean {
  if (pixels.channels < 3) return false;
  const { faint, plain } = chromaLosses(pixels);
  return plain >= FINE_SHARE && plain >= PLAIN_OF_FAINT * faint;
}

function isFlat(pixels: Pixels): boolean {
  return shareOfRepeats(pixels) >= FLAT_SHARE;
}

/** Halves and doubles the chroma: the shares of blocks in which a pixel's is off. Plain losses count as faint ones too. */
function chromaLosses({ data, width, height, channels }: Pixels): {
  readonly faint: number;
  readonly plain: number;
} {
  const [columns, rows] = [width >> 1, height >> 1];
  const stride = width * channels;
  let [seen, faint, plain] = [0, 0, 0];
  const step = stepOf(columns * rows, columns);
  for (let block = step >> 1; block < columns * rows; block += step) {
    const column = block % columns;
    const at = ((block - column) / columns) * 2 * stride + column * 2 * channels;
    const loss = chromaLoss(data, at, at + channels, at + stride, at + stride + channels);
    seen++;
    if (loss > FAINT) faint++;
    if (loss > PLAIN) plain++;
  }
  return seen === 0 ? { faint: 0, plain: 0 } : { faint: faint / seen, plain: plain / seen };
}

/** How far a pixel's chroma is from the mean of the four at most: |ΔCb| + |ΔCr|, by Rec. 601. */
function chromaLoss(data: Buffer, a: number, b: number, c: number, d: number): number {
  // Single variables: arrays would take twice the time here.
  const blueA = blue(data, a);
  const blueB = blue(data, b);
  const blueC = blue(data, c);
  const blueD = blue(data, d);
  const redA = red(data, a);
  const redB = red(data, b);
  const redC = red(data, c);
  const redD = red(data, d);
  const meanBlue = (blueA + blueB + blueC + blueD) / 4;
  const meanRed = (redA + redB + redC + redD) / 4;
  return Math.max(
    Math.abs(blueA - meanBlue) + Math.abs(redA - meanRed),
    Math.abs(blueB - meanBlue) + Math.abs(redB - meanRed),
    Math.abs(blueC - meanBlue) + Math.abs(redC - meanRed),
    Math.abs(blueD - meanBlue) + Math.abs(redD - meanRed),
  );
}

function blue(data: Buffer, at: number): number {
  return 0.5 * byte(data, at + 2) - 0.169 * byte(data, at) - 0.331 * byte(data, at + 1);
}

function red(data: Buffer, at: number): number {
  return 0.5 * byte(data, at) - 0.419 * byte(data, at + 1) - 0.081 * byte(data, at + 2);
}

/** Counts up to 256, and gives up beyond. */
function countColours({ data, width, height, channels }: Pixels): number | undefined {
  const colours = new Set<number>();
  let last = -1;
  for (let at = 0; at < width * height * channels; at += channels) {
    let colour = 0;
    for (let channel = 0; channel < channels; channel++) colour = colour * 256 + byte(data, at + channel);
    if (colour === last) continue;
    last = colour;
    colours.add(colour);
    if (colours.size > 256) return undefined;
  }
  return colours.size;
}

/** The share of pixels that equal the one before in their row. */
function shareOfRepeats({ data, width, height, channels }: Pixels): number {
  const step = stepOf(width * height, width);
  let [seen, repeats] = [0, 0];
  for (let pixel = step >> 1; pixel < width * height; pixel += step) {
    if (pixel % width === 0) continue;
    const at = pixel * channels;
    let channel = 0;
    while (channel < channels && byte(data, at + channel) === byte(data, at + channel - channels)) channel++;
    seen++;
    if (channel === channels) repeats++;
  }
  return seen === 0 ? 0 : repeats / seen;
}

/**
 * Every how-manyth of a picture to look at. It has no divisor in common with the length of a row, so that all columns are
 * met alike. A sample of whole rows would miss a line of text, or meet little else.
 */
function stepOf(count: number, rowLength: number): number {
  let step = Math.max(1, Math.floor(count / SAMPLES));
  while (commonDivisor(step, rowLength) > 1) step++;
  return step;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Every index here is inside; the compiler cannot know. */
function byte(data: Buffer, at: number): number {
  return data[at] as number;
}
