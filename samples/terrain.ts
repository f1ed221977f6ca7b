import type { Canvas } from './canvas';
import { cover } from './canvas';
import { add, clamp, hex, lerp, mix, multiply, type Rgb, scale, smoothstep } from './colour';
import { fbm, noise, ridged } from './noise';

/** A camera at the shore: x to the right, z away, screen y below the horizon is positive. */
export type View = {
  readonly horizon: number;
  readonly focal: number;
  /** Where the sun is on the screen, in pixels. */
  readonly sun: readonly [number, number];
  /** The colour of the air towards a screen column: warm near the sun. */
  readonly air: (x: number) => Rgb;
};

const NEAR = 3.6;
const FAR = 46;
const SUN: Rgb = [0.62, 0.3, 0.72];

const height = (x: number, z: number, valley: number, octaves: number): number => {
  const warp = fbm(x * 0.13, z * 0.13, 2, 40) * 1.6;
  // A valley where the sun stands, so that light comes through between the mountains.
  const open = smoothstep(0, 0.34, Math.abs(x / z - valley));
  const rise = smoothstep(5, 15, z) * lerp(0.3, 1, open);
  const peaks = (ridged(x * 0.17 + warp + 3.1, z * 0.2 + warp, octaves, 11) ** 1.3 * 4.9 - 0.1) * rise;
  const hills = (0.34 + fbm(x * 0.5, z * 0.45, Math.min(5, octaves), 23)) * smoothstep(3.7, 7, z) * 0.5;
  const ground = peaks + hills;
  // Tree tops: without them the near hills look like sand.
  const trees = ground < 1.3 && octaves > 5 ? noise(x * 24, z * 17, 31) * 0.04 * smoothstep(4.2, 6, z) : 0;
  return ground + trees * (1 - ground / 1.3);
};

const rock = hex('#4b4249');
const forest = hex('#141b1c');
const meadow = hex('#2c2f22');
const snow = hex('#e9e6ee');
const sunlight: Rgb = [3.1, 1.55, 0.72];
const skylight: Rgb = [0.36, 0.4, 0.62];

/** Towards the sun, is another slope in the way? */
const lit = (x: number, y: number, z: number, valley: number): number => {
  let light = 1;
  for (let d = 0.12; d < 5; d *= 1.6) {
    const gap = y + SUN[1] * d * 1.15 - height(x + SUN[0] * d, z + SUN[2] * d, valley, 4);
    light = Math.min(light, 0.5 + (gap / d) * 5);
  }
  return clamp(light);
};

const shade = (x: number, y: number, z: number, valley: number): Rgb => {
  const e = 0.0025 * z;
  const nx = (y - height(x + e, z, valley, 8)) / e;
  const nz = (y - height(x, z + e, valley, 8)) / e;
  const length = Math.hypot(nx, 1, nz);
  const up = 1 / length;
  const rough = fbm(x * 3, z * 3, 4, 77);
  const trees = smoothstep(1.5, 0.75, y + rough * 0.7) * smoothstep(0.35, 0.62, up + rough * 0.3);
  const white = smoothstep(1.15, 1.75, y + rough * 0.9) * smoothstep(0.34, 0.56, up + rough * 0.22);
  const ground = mix(
    mix(rock, scale(rock, 0.55), clamp(rough + 0.5)),
    meadow,
    smoothstep(0.6, 0.9, up) * 0.5,
  );
  const matter = mix(mix(ground, forest, trees), snow, white);
  const facing = clamp((nx * SUN[0] + SUN[1] + nz * SUN[2]) / length);
  const sun = facing > 0.01 ? facing * lit(x, y, z, valley) : 0;
  return multiply(matter, add(scale(skylight, 0.45 + 0.55 * up), sunlight, sun));
};

/** Rays of height that one pixel is the mean of: single ones leave stairs along the crests. */
const RAYS = 3;

/** One column of land from near to far; each step draws only what stands above all before it. */
const drawColumn = (c: Canvas, view: View, column: number): void => {
  const valley = (view.sun[0] - c.width / 2) / view.focal;
  const air = view.air(column);
  const direction = (column + 0.5 - c.width / 2) / view.focal;
  const rays: Rgb[] = [];
  let z = NEAR;
  let step = 0.002;
  while (z < FAR) {
    const x = direction * z;
    const y = height(x, z, valley, 8);
    const up = Math.floor(((y - 0.035) / z) * view.focal * RAYS);
    // A cliff is walked in smaller steps: one step would smear one colour all the way up.
    if (up > rays.length + 4 && step > 0.0001) {
      z /= 1 + step;
      step /= 2;
      z *= 1 + step;
      continue;
    }
    if (up > rays.length) {
      const distance = 1 - Math.exp(-(((z - 3) * 0.036) ** 1.15));
      // Mist lies in the low parts and thickens with the way through it.
      const mist = clamp(Math.exp(-Math.max(0, y) * 2.1) * (1 - Math.exp(-(z - 4) * 0.09)) * 0.85);
      const colour = mix(shade(x, y, z, valley), air, 1 - (1 - distance) * (1 - mist));
      while (rays.length < up) rays.push(colour);
    }
    step = Math.min(step * 1.5, 0.003);
    z *= 1 + step;
  }
  for (let i = 0; i < rays.length; i += RAYS) {
    const part = rays.slice(i, i + RAYS);
    const mean = part.reduce((sum, ray) => add(sum, ray, 1 / part.length), [0, 0, 0] as Rgb);
    cover(c, column, view.horizon - i / RAYS, mean, part.length / RAYS);
  }
};

export const drawTerrain = (c: Canvas, view: View): void => {
  for (let column = 0; column < c.width; column++) drawColumn(c, view, column);
};
