import type { Encoding, PngEncoding } from '../plan/encoding-types';
import type { Sharp } from './load-sharp';

/** Hands the pixels to the encoder. */
export function encode(image: Sharp, encoding: Encoding, timing: Timing = {}): Promise<Buffer> {
  switch (encoding.format) {
    case 'jpeg':
      return image.jpeg(encoding).toBuffer();
    case 'webp':
      return image.webp({ ...encoding, ...timing }).toBuffer();
    case 'avif':
      return image.avif(encoding).toBuffer();
    case 'png':
      return encodePng(image, encoding);
    case 'gif':
      return image.gif({ ...encoding, ...timing }).toBuffer();
  }
}

async function encodePng(image: Sharp, encoding: PngEncoding): Promise<Buffer> {
  if (encoding.palette) return image.png(encoding).toBuffer();
  const { compressionLevel, filters } = encoding;
  const adaptive = await image.clone().png({ compressionLevel, adaptiveFiltering: true }).toBuffer();
  if (filters === 'adaptive') return adaptive;
  const plain = await image.png({ compressionLevel, adaptiveFiltering: false }).toBuffer();
  return plain.length < adaptive.length ? plain : adaptive;
}

/** The longest delay of a frame that sharp lets us set, in milliseconds; a source may have a longer one. */
const MAX_DELAY = 65_535;

/** What raw pixels do not hold of an animation. */
export async function readTiming(image: Promise<Sharp>, skippedFrames: number): Promise<Timing> {
  const { delay, loop } = await (await image).metadata();
  return { ...(delay && { delay: delay.slice(skippedFrames) }), ...(loop !== undefined && { loop }) };
}

/** Whether sharp can set these delays. */
export function isSettable({ delay = [] }: Timing): boolean {
  return delay.every((milliseconds) => milliseconds <= MAX_DELAY);
}

/** The nearest that sharp can set: a frame of two minutes stays for one. */
export function settable({ delay, ...rest }: Timing): Timing {
  return { ...rest, ...(delay && { delay: delay.map((milliseconds) => Math.min(milliseconds, MAX_DELAY)) }) };
}

export interface Timing {
  readonly delay?: number[];
  readonly loop?: number;
}
