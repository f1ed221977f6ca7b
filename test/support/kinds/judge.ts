import sharp from 'sharp';
import type { OutputFormat } from '../../../lambda/origin-response/plan/encoding-types';
import type { CroppingOptions } from '../../../lib/configuration/options';
import { handled } from '../handled';
import { at, type Colour, type Kind, map, type Picture } from './kind';

/** Empty: the URL names none. */
const FORMATS = ['', 'jpeg', 'png', 'webp', 'avif'] as const;

/** Asks for an original at half its size in every format, and names what is wrong with the answers. */
export async function faultsOf(
  { make, becomes }: Kind,
  options: CroppingOptions = {},
): Promise<readonly string[]> {
  const original = await make();
  const faults: string[] = [];
  for (const format of FORMATS) {
    const found = (fault: string) => faults.push(`${format || 'its own format'}: ${fault}`);
    const width = becomes.kind === 'picture' ? becomes.width / 2 : 32;
    const asked = `t=A&w=${width}${format && `&format=${format}`}`;
    const { headers, image, log } = await handled(original, asked, options);
    const status = headers['crop-status'] ?? '';
    if (becomes.kind === 'picture') {
      const is = format || becomes.own;
      if (!status.startsWith(`rendered;size=${width}x${becomes.height / 2};`)) {
        found(`${status} ${JSON.stringify(log)}`);
      } else if (headers['content-type'] !== `image/${is}`) {
        found(`${headers['content-type']}`);
      } else {
        for (const fault of await faultsOfPicture(image, is, becomes)) found(fault);
      }
    } else {
      const wanted = becomes.kind === 'refused' ? `reason=${becomes.reason}` : `type=${becomes.type}`;
      if (!status.startsWith('original;') || !status.endsWith(wanted))
        found(`${status} in place of ${wanted}`);
      if (image.length > 0) found('a body');
    }
  }
  return faults;
}

/** Pixels on both sides of an edge that an encoder, and scaling, may blur. */
const BLUR = 4;

async function faultsOfPicture(
  image: Buffer,
  format: OutputFormat,
  expected: Picture,
): Promise<readonly string[]> {
  const pixels = sharp(image).ensureAlpha().toColourspace('srgb').raw();
  const { data, info } = await pixels.toBuffer({ resolveWithObject: true });
  const { pages = 1, exif, icc, xmp } = await sharp(image).metadata();
  const { width, height } = info;
  const frames = format === 'webp' || format === 'gif' ? expected.frames : 1;
  const faults: string[] = [];
  if (pages !== frames) faults.push(`${pages} frames in place of ${frames}`);
  if ((exif ?? icc ?? xmp) !== undefined) faults.push('metadata');
  const colourAt = at(format === 'jpeg' ? map(expected.corners, onWhite) : expected.corners, info);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.abs(x - width / 2 + 0.5) < BLUR || Math.abs(y - height / 2 + 0.5) < BLUR) continue;
      const from = 4 * (y * width + x);
      const got = [...data.subarray(from, from + 4)];
      const wanted = colourAt(x, y);
      if (!isNear(got, wanted, expected.tolerance))
        return [...faults, `${x},${y}: ${got} in place of ${wanted}`];
    }
  }
  return faults;
}

/** What is fully clear has no colour. */
function isNear(got: Colour, [r = 0, g = 0, b = 0, alpha = 255]: Colour, tolerance: number): boolean {
  const wanted = [r, g, b, alpha];
  const channels = alpha === 0 ? [3] : [0, 1, 2, 3];
  return channels.every((i) => Math.abs((got[i] ?? -1) - (wanted[i] ?? -1)) <= tolerance);
}

function onWhite([r = 0, g = 0, b = 0, alpha = 255]: Colour): Colour {
  return [r, g, b].map((value) => Math.round(255 + ((value - 255) * alpha) / 255));
}
