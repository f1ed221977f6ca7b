import { swapSides } from '../plan/geometry/orientation';
import type { Original } from '../prepare/original';
import type { SourceImage } from '../source/source-image';
import type { SharpModule } from './load-sharp';

/** Reads what the header of an original says. Its sides are upright from here on. */
export async function inspect(
  sharp: SharpModule,
  { bytes, format, skippedFrames, isChanged }: Original,
): Promise<SourceImage> {
  // The plan checks the pixels against our own limit, and gives a reason.
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  // The pages of a TIFF are not an animation; its first page is the picture.
  const frames = format === 'gif' || format === 'webp' ? (header.pages ?? 1) - skippedFrames : 1;
  // libvips rotates single pictures only, and the decoder of HEIC returns them upright.
  const orientation = frames > 1 || format === 'heic' ? 1 : (header.orientation ?? 1);
  return {
    format,
    ...swapSides(header, orientation),
    orientation,
    frames,
    hasAlpha: header.hasAlpha,
    isGrey: header.space === 'b-w' || header.space === 'grey16',
    isDeep: header.depth === 'ushort',
    // What decodes a HEIC makes a profile of its colour code.
    hasProfile: header.icc !== undefined || format === 'heic',
    isPalette: header.isPalette === true,
    isClean:
      !isChanged &&
      format !== 'heic' &&
      orientation === 1 &&
      (header.space === 'srgb' || header.space === 'b-w') &&
      header.depth === 'uchar' &&
      [header.exif, header.icc, header.xmp, header.iptc, header.comments].every(
        (block) => block === undefined,
      ),
  };
}
