import sharp, { type Sharp } from 'sharp';

/** Four colours that no mistake of geometry leaves in place: red NW, green NE, blue SW, yellow SE. */
export const COMPASS = {
  northwest: [220, 30, 30],
  northeast: [30, 160, 60],
  southwest: [40, 60, 210],
  southeast: [240, 210, 40],
} as const;

/** Raw pixels of a picture with a colour in each corner. */
export function compassPixels(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const half = y < height / 2 ? 'north' : 'south';
      pixels.set(COMPASS[`${half}${x < width / 2 ? 'west' : 'east'}` as const], (y * width + x) * 3);
    }
  }
  return pixels;
}

/** The same as a sharp pipeline, to be encoded. */
export function compass(width: number, height: number): Sharp {
  return sharp(compassPixels(width, height), { raw: { width, height, channels: 3 } });
}

/** Random pixels that no encoder makes small; the same for the same seed. */
export function noise(width: number, height: number, seed = 1): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  let state = seed >>> 0;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[i] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A JPEG as a camera that lay on its side stores it: orientation 6, and where it was taken. */
export async function camera(width: number, height: number): Promise<Buffer> {
  // Encoded in between: sharp turns before it does anything else, whatever the order of the calls.
  const upright = await compass(width, height).png().toBuffer();
  return sharp(upright)
    .rotate(270)
    .jpeg({ chromaSubsampling: '4:4:4', quality: 95 })
    .withExif({
      IFD0: { Make: 'edgecrop', Copyright: 'the conformance suite' },
      // IFD3 is the GPS directory.
      IFD3: {
        GPSVersionID: '2 3 0 0',
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 25/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '116/1 13/1 30/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** A disc with a clear ground around it. */
export function disc(size: number): Promise<Buffer> {
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = Math.hypot(x - size / 2, y - size / 2) < size / 3;
      pixels.set(inside ? [200, 60, 20, 255] : [0, 0, 0, 0], (y * size + x) * 4);
    }
  }
  return sharp(pixels, { raw: { width: size, height: size, channels: 4 } })
    .png()
    .toBuffer();
}

/** A GIF of single colours, one after the other. */
export async function animation(size: number, colours: readonly string[]): Promise<Buffer> {
  const frames = await Promise.all(
    colours.map((background) =>
      sharp({ create: { width: size, height: size, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .gif({ loop: 0, delay: colours.map(() => 100) })
    .toBuffer();
}
