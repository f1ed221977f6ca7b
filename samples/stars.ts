import { type Rgb, scale } from './colour';
import { hash } from './noise';

const tints: readonly Rgb[] = [
  [1, 0.82, 0.62],
  [1, 0.95, 0.86],
  [0.86, 0.93, 1],
  [0.68, 0.8, 1],
];

/** The light of the stars of one size class at a pixel: at most one star in each cell of a grid. */
const layer = (x: number, y: number, cell: number, chance: number, power: number, seed: number): Rgb => {
  let light: Rgb = [0, 0, 0];
  const cx = Math.floor(x / cell);
  const cy = Math.floor(y / cell);
  if (hash(cx, cy, seed) > chance) return light;
  const px = (cx + 0.25 + hash(cx, cy, seed + 1) * 0.5) * cell;
  const py = (cy + 0.25 + hash(cx, cy, seed + 2) * 0.5) * cell;
  const size = 0.6 + hash(cx, cy, seed + 3) ** 8 * Math.min(1.5, cell * 0.03);
  const d = Math.hypot(x - px, y - py) / size;
  if (d < 4) {
    const tint = tints[Math.floor(hash(cx, cy, seed + 4) * tints.length)] ?? light;
    light = scale(tint, Math.exp(-d * d * 0.7) * (0.08 + hash(cx, cy, seed + 5) ** 4 * power));
  }
  return light;
};

/** A night sky: many faint stars, few bright ones. `density` 1 is a clear night, more is the Milky Way. */
export const stars = (x: number, y: number, density: number, seed: number): Rgb => {
  const faint = layer(x, y, 7, 0.16 * density, 0.7, seed);
  const middle = layer(x, y, 22, 0.2 * density, 2, seed + 20);
  const bright = layer(x, y, 90, 0.32, 6, seed + 40);
  return [
    faint[0] + middle[0] + bright[0],
    faint[1] + middle[1] + bright[1],
    faint[2] + middle[2] + bright[2],
  ];
};
