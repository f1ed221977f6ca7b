import sharp, { type Sharp } from 'sharp';

/** Four colours that no mistake of geometry leaves in place: red NW, green NE, blue SW, yellow SE. */
export const COMPASS = {
  northwest: [220, 30, 30],
  northeast: [30, 160, 60],
  southwest: [40, 60, 210],
  southeast: [240, 210, 40],
} as const;

type Rgb = readonly [number, number, number];

/** Raw pixels of the compass. */
export function compassPixels(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const north = y < height / 2;
      const west = x < width / 2;
      const colour: Rgb = north
        ? west
          ? COMPASS.northwest
          : COMPASS.northeast
        : west
          ? COMPASS.southwest
          : COMPASS.southeast;
      pixels.set(colour, (y * width + x) * 3);
    }
  }
  return pixels;
}

/** The compass as a sharp pipeline, to be encoded. */
export function compass(width: number, height: number): Sharp {
  return sharp(compassPixels(width, height), { raw: { width, height, channels: 3 } });
}

/** Random pixels that no encoder makes small; the same for the same seed. */
export function noise(width: number, height: number, seed = 1): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  let state = seed >>> 0;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

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
