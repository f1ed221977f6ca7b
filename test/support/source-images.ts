import { chooseEncoding } from '../../lambda/origin-response/plan/choose-encoding';
import type {
  Encoding,
  EncodingRequest,
  OutputFormat,
} from '../../lambda/origin-response/plan/encoding-types';
import type { Size } from '../../lambda/origin-response/plan/geometry/geometry';
import { PHOTO_TRAITS } from '../../lambda/origin-response/plan/traits';
import type { SourceImage } from '../../lambda/origin-response/source/source-image';

/** The header of a photo of 24 megapixels. */
export const PHOTO: SourceImage = {
  format: 'jpeg',
  width: 6000,
  height: 4000,
  orientation: 1,
  frames: 1,
  hasAlpha: false,
  isGrey: false,
  isDeep: false,
  hasProfile: false,
  isPalette: false,
  isClean: true,
};

export const CHART: SourceImage = { ...PHOTO, format: 'png', isPalette: true };

export const ANIMATION: SourceImage = { ...PHOTO, format: 'gif', isPalette: true, frames: 20 };

/** The encoding that a plan chooses, with all the time there is. */
export function encodingOf(
  format: OutputFormat,
  quality: number,
  { width, height }: Size,
  { isPalette, frames }: Pick<SourceImage, 'isPalette' | 'frames'> = PHOTO,
  { traits = PHOTO_TRAITS, effort = 'balanced' }: Partial<Pick<EncodingRequest, 'traits' | 'effort'>> = {},
): Encoding {
  const drawn = format === 'webp' || format === 'gif' ? frames : 1;
  const pixels = width * height * drawn;
  const request = { format, quality, effort, isPalette, frames: drawn, traits };
  const encoding = chooseEncoding(request, pixels);
  if (encoding === undefined) throw new Error(`no ${format} of ${pixels} pixels is quick enough`);
  return encoding;
}
