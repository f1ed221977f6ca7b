import { clamp, lerp, type Rgb } from './colour';

/** A picture in linear light, three floats a pixel. The pixels are mutable; the shape is not. */
export type Canvas = { readonly width: number; readonly height: number; readonly data: Float32Array };

export type Shader = (x: number, y: number) => Rgb;

export const blank = (width: number, height: number): Canvas => ({
  width,
  height,
  data: new Float32Array(width * height * 3),
});

export const read = (c: Canvas, x: number, y: number): Rgb => {
  const i = (clamp(y, 0, c.height - 1) * c.width + clamp(x, 0, c.width - 1)) * 3;
  return [c.data[i] ?? 0, c.data[i + 1] ?? 0, c.data[i + 2] ?? 0];
};

export const write = (c: Canvas, x: number, y: number, rgb: Rgb): void => {
  const i = (y * c.width + x) * 3;
  c.data[i] = rgb[0];
  c.data[i + 1] = rgb[1];
  c.data[i + 2] = rgb[2];
};

export const paint = (width: number, height: number, shader: Shader): Canvas => {
  const c = blank(width, height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) write(c, x, y, shader(x, y));
  return c;
};

/** One colour over what is there; alpha is coverage, so edges come out smooth. */
export const cover = (c: Canvas, x: number, y: number, rgb: Rgb, alpha: number): void => {
  if (!(alpha > 0) || x < 0 || y < 0 || x >= c.width || y >= c.height) return;
  const i = (y * c.width + x) * 3;
  const a = Math.min(1, alpha);
  c.data[i] = (c.data[i] ?? 0) * (1 - a) + rgb[0] * a;
  c.data[i + 1] = (c.data[i + 1] ?? 0) * (1 - a) + rgb[1] * a;
  c.data[i + 2] = (c.data[i + 2] ?? 0) * (1 - a) + rgb[2] * a;
};

/** Bilinear, clamped at the edges. */
export const sample = (c: Canvas, x: number, y: number): Rgb => {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const a = read(c, ix, iy);
  const b = read(c, ix + 1, iy);
  const d = read(c, ix, iy + 1);
  const e = read(c, ix + 1, iy + 1);
  const at = (k: 0 | 1 | 2): number => lerp(lerp(a[k], b[k], fx), lerp(d[k], e[k], fx), fy);
  return [at(0), at(1), at(2)];
};

const boxLine = (src: Float32Array, dst: Float32Array, start: number, step: number, n: number, r: number) => {
  const last = n - 1;
  const at = (i: number): number => src[start + Math.max(0, Math.min(last, i)) * step] ?? 0;
  let sum = 0;
  for (let i = -r; i <= r; i++) sum += at(i);
  for (let i = 0; i < n; i++) {
    dst[start + i * step] = sum / (2 * r + 1);
    sum += at(i + r + 1) - at(i - r);
  }
};

/** Three box blurs are close enough to a Gaussian, and the cost does not grow with the radius. */
export const blur = (c: Canvas, radiusX: number, radiusY = radiusX): Canvas => {
  let from = Float32Array.from(c.data);
  let to = new Float32Array(from.length);
  const swap = (): void => {
    [from, to] = [to, from];
  };
  for (let pass = 0; pass < 3; pass++) {
    if (radiusX > 0) {
      for (let y = 0; y < c.height; y++)
        for (let k = 0; k < 3; k++) boxLine(from, to, y * c.width * 3 + k, 3, c.width, radiusX);
      swap();
    }
    if (radiusY > 0) {
      for (let x = 0; x < c.width; x++)
        for (let k = 0; k < 3; k++) boxLine(from, to, x * 3 + k, c.width * 3, c.height, radiusY);
      swap();
    }
  }
  return { ...c, data: from };
};

const SHRINK = 4;

/** What is above the threshold, at a quarter of the size: a glow has no detail to lose, and this is 16 times faster. */
const highlights = (c: Canvas, threshold: number): Canvas => {
  const small = blank(Math.ceil(c.width / SHRINK), Math.ceil(c.height / SHRINK));
  for (let y = 0; y < c.height; y++)
    for (let x = 0; x < c.width; x++) {
      const from = (y * c.width + x) * 3;
      const to = (Math.floor(y / SHRINK) * small.width + Math.floor(x / SHRINK)) * 3;
      // All three channels by the same share: a share of each would turn every warm glow red.
      const most = Math.max(c.data[from] ?? 0, c.data[from + 1] ?? 0, c.data[from + 2] ?? 0);
      if (most <= threshold) continue;
      const share = (Math.min(4 + threshold, most) - threshold) / most / SHRINK ** 2;
      for (let k = 0; k < 3; k++)
        small.data[to + k] = (small.data[to + k] ?? 0) + (c.data[from + k] ?? 0) * share;
    }
  return small;
};

/** Bright things bleed into the lens: what is above the threshold is blurred and added back. */
export const bloom = (c: Canvas, threshold: number, radius: number, strength: number): Canvas => {
  const glow = blur(highlights(c, threshold), Math.round(radius / SHRINK));
  return paint(c.width, c.height, (x, y) => {
    const here = read(c, x, y);
    const light = sample(glow, (x + 0.5) / SHRINK - 0.5, (y + 0.5) / SHRINK - 0.5);
    return [here[0] + light[0] * strength, here[1] + light[1] * strength, here[2] + light[2] * strength];
  });
};
