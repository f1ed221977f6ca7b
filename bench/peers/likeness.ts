import sharp, { type Sharp } from 'sharp';
import { loadPeer } from './packages';

interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
type Ssim = (one: Pixels, other: Pixels, options: { ssim: 'fast'; downsample: false }) => { mssim: number };

/**
 * How like the resized original a centred variant looks: SSIM of the luma, 1 for the same. Where the centre
 * lies between two pixels, either is right, so the better fit of three windows counts.
 */
export async function likeness(variant: Buffer, original: string): Promise<number> {
  const { ssim } = loadPeer<{ ssim: Ssim }>('ssim.js');
  const seen = await pixels(sharp(variant));
  const { width, height } = seen;
  const outside = await sharp(original)
    .autoOrient()
    .resize(width, height, { fit: 'outside' })
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  const [spareX, spareY] = [outside.info.width - width, outside.info.height - height];
  const scores: number[] = [];
  for (const shift of [-1, 0, 1]) {
    const left = Math.min(spareX, Math.max(0, Math.floor(spareX / 2) + shift));
    const top = Math.min(spareY, Math.max(0, Math.floor(spareY / 2) + shift));
    const meant = await pixels(sharp(outside.data).extract({ left, top, width, height }));
    scores.push(ssim(seen, meant, { ssim: 'fast', downsample: false }).mssim);
  }
  return Math.max(...scores);
}

async function pixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
