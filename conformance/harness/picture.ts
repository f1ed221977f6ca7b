import sharp, { type Metadata } from 'sharp';
import { differs, type Problem } from './check';
import type { Answer } from './client';

/** What is to be known of a variant. */
export interface Expected {
  readonly format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';
  readonly width?: number;
  readonly height?: number;
}

/** Everything that is wrong with an answer that should be a variant. */
export async function notVariant(answer: Answer, expected: Expected): Promise<readonly Problem[]> {
  if (answer.status !== 200) return [differs('status', answer.status, 200)];
  const metadata = await readMetadata(answer);
  if (metadata === undefined) return ['the body is no picture'];
  // What libvips reads an AVIF with is named after the container.
  const format = metadata.format === 'heif' ? 'avif' : metadata.format;
  return [
    differs('format of the bytes', format, expected.format),
    differs('content-type', answer.headers['content-type'], `image/${expected.format}`),
    expected.width !== undefined && differs('width', metadata.width, expected.width),
    expected.height !== undefined &&
      differs('height', metadata.pageHeight ?? metadata.height, expected.height),
  ];
}

/** The header of the picture, all frames counted; undefined where the body is none. */
export async function readMetadata({ body }: Answer): Promise<Metadata | undefined> {
  try {
    return await sharp(body, { animated: true }).metadata();
  } catch (_noPicture) {
    return undefined;
  }
}

/** One pixel as red, green, blue (and alpha where there is one), of a still or the first frame. */
export async function pixelAt({ body }: Answer, x: number, y: number): Promise<readonly number[]> {
  const { data, info } = await sharp(body).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

/** More than any encoder moves a plain colour at quality 80, less than lies between two of ours. */
const TOLERANCE = 24;

/** A pixel that should have a colour. */
export async function notColoured(
  what: string,
  answer: Answer,
  at: readonly [number, number],
  colour: readonly number[],
): Promise<Problem> {
  const got = await pixelAt(answer, ...at);
  const isNear = colour.every((value, i) => Math.abs(value - (got[i] ?? 255)) <= TOLERANCE);
  return !isNear && `${what}: got rgb(${got.join(' ')}), expected rgb(${colour.join(' ')})`;
}
