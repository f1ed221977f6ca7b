import sharp from 'sharp';
import { compass } from '../../conformance/objects/draw';

/** One pixel of an encoded picture as red, green, blue (and alpha where there is one). */
export async function pixelAt(image: Buffer, x: number, y: number): Promise<readonly number[]> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

/** The largest difference between two colours' channels. */
export function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...b.map((value, i) => Math.abs(value - (a[i] ?? 0))));
}

/** What a camera does to an upright picture before it notes the orientation. */
const TURNS: Readonly<Record<number, { readonly angle?: number; readonly mirror?: 'flip' | 'flop' }>> = {
  1: {},
  2: { mirror: 'flop' },
  3: { angle: 180 },
  4: { mirror: 'flip' },
  5: { angle: 90, mirror: 'flop' },
  6: { angle: 270 },
  7: { angle: 270, mirror: 'flop' },
  8: { angle: 90 },
};

/** A JPEG of the compass that is upright, and of the given size, once its orientation is applied. */
export async function storedAs(orientation: number, width: number, height: number): Promise<Buffer> {
  const { angle = 0, mirror } = TURNS[orientation] ?? {};
  // sharp turns after it mirrors, whatever the order of the calls, so that each is a picture of its own.
  const turned = await sharp(await compass(width, height).png().toBuffer())
    .rotate(angle)
    .png()
    .toBuffer();
  const stored = mirror ? sharp(turned)[mirror]() : sharp(turned);
  return stored.jpeg({ chromaSubsampling: '4:4:4', quality: 95 }).withMetadata({ orientation }).toBuffer();
}
