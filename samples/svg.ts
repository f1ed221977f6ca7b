import sharp from 'sharp';
import { type Canvas, cover, read, write } from './canvas';
import { add, type Rgb, toLinear } from './colour';

const rasterise = async (svg: string, width: number, height: number): Promise<Buffer> => {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  return sharp(Buffer.from(`${head}${svg}</svg>`))
    .ensureAlpha()
    .raw()
    .toBuffer();
};

/** The coverage of an SVG as 0..1: some shapes are easier to draw as paths than as formulas. */
export const mask = async (svg: string, width: number, height: number): Promise<Float32Array> => {
  const pixels = await rasterise(svg, width, height);
  return Float32Array.from({ length: width * height }, (_, i) => (pixels[i * 4 + 3] ?? 0) / 255);
};

const each = (pixels: Buffer, c: Canvas, put: (x: number, y: number, rgb: Rgb, alpha: number) => void) => {
  for (let y = 0; y < c.height; y++)
    for (let x = 0; x < c.width; x++) {
      const i = (y * c.width + x) * 4;
      const alpha = (pixels[i + 3] ?? 0) / 255;
      if (alpha === 0) continue;
      const at = (k: number): number => toLinear((pixels[i + k] ?? 0) / 255);
      put(x, y, [at(0), at(1), at(2)], alpha);
    }
};

/** A coloured SVG over the picture. */
export const stamp = async (c: Canvas, svg: string): Promise<void> => {
  each(await rasterise(svg, c.width, c.height), c, (x, y, rgb, alpha) => cover(c, x, y, rgb, alpha));
};

/** A coloured SVG as a lamp: its light is added, so that it may be brighter than white and bloom. */
export const shine = async (c: Canvas, svg: string, strength: number): Promise<void> => {
  const pixels = await rasterise(svg, c.width, c.height);
  each(pixels, c, (x, y, rgb, alpha) => write(c, x, y, add(read(c, x, y), rgb, alpha * strength)));
};
