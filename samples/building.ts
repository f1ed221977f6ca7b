import { type Canvas, cover } from './canvas';
import { add, clamp, hex, lerp, mix, type Rgb, ramp, scale, smoothstep } from './colour';
import { hash, noise } from './noise';

/** The water line: buildings stand on it. */
export const SHORE = 690;

/** The sky at dusk from top to bottom; glass walls mirror it. */
export const dusk = [
  [0, hex('#1b2a5c')],
  [0.35, hex('#4a4b86')],
  [0.62, hex('#a8658d')],
  [0.84, hex('#f08a6a')],
  [1, hex('#ffc27a')],
] as const;

export type Building = {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly seed: number;
  /** 0 is near, 1 is lost in the haze. */
  readonly haze: number;
  readonly crown: number;
};

/** How far the outline is drawn in at a height: stepped, pointed, or a plant room on a flat roof. */
const inset = (b: Building, y: number): number => {
  const d = y - b.top;
  const head = b.width * 0.9;
  if (b.crown < 0.16) return d < head * 0.22 ? b.width * 0.3 : d < head * 0.7 ? b.width * 0.15 : 0;
  if (b.crown < 0.2) return d < head ? b.width * 0.5 * (1 - d / head) : 0;
  if (b.crown < 0.62) return d < 9 ? b.width * (0.2 + b.crown * 0.3) : 0;
  return 0;
};

const lamps: readonly Rgb[] = [
  [1.9, 1.05, 0.42],
  [1.7, 1.2, 0.66],
  [1.3, 1.25, 1.1],
  [0.75, 1.0, 1.25],
];

export const drawBuilding = (c: Canvas, b: Building): void => {
  const near = 1 - b.haze;
  const pitch = Math.round(lerp(4, 7.4, near) + hash(b.seed, 1, 1) * 3);
  const floor = Math.round(lerp(5, 9, near) + hash(b.seed, 2, 1) * 3);
  const busy = 0.16 + 0.5 * hash(b.seed, 3, 1) ** 1.5;
  const strips = b.haze > 0.2 && hash(b.seed, 4, 1) > 0.8;
  const glass = 0.2 + 0.5 * hash(b.seed, 5, 1);
  const side = 0.62 + 0.3 * hash(b.seed, 7, 1);
  const slant = b.crown > 0.95 ? 0.4 : b.crown > 0.9 ? -0.4 : 0;
  for (let y = Math.floor(b.top - 60); y < SHORE; y++) {
    const air = mix(
      hex('#6d5590'),
      hex('#f0906f'),
      clamp(y / SHORE) * Math.exp(-(((b.left - 1500) / 1300) ** 2)),
    );
    for (let x = Math.floor(b.left); x < b.left + b.width; x++) {
      const u = (x - b.left) / b.width;
      const cut = inset(b, y);
      const edge = Math.min(x - b.left - cut, b.left + b.width - cut - x) + 0.5;
      const alpha = Math.min(edge, y - b.top - slant * (u - 0.5) * b.width + 1);
      if (alpha <= 0) continue;
      // Two faces: one towards the sunset and one in shade.
      const shade = u > side ? 0.5 : 1;
      const mirror = ramp(dusk, clamp(0.72 - (SHORE - y) / 900 + noise(x * 0.02, y * 0.008, b.seed) * 0.16));
      const wall = mix(hex('#0c1024'), mirror, glass * 0.62);
      const col = Math.floor((x - b.left) / pitch);
      const row = Math.floor((y - b.top) / floor);
      const wx = ((x - b.left) % pitch) / pitch;
      const wy = ((y - b.top) % floor) / floor;
      const pane = (wx > 0.2 && wx < 0.85) || strips ? (wy > 0.28 && wy < 0.78 ? 1 : 0) : 0;
      const office =
        hash(strips ? col >> 2 : col, row, b.seed) < busy * (0.5 + hash(row >> 1, 0, b.seed + 9));
      const lit = pane && office && edge > 3 && y > b.top + 8 + Math.abs(slant) * b.width * 0.5 ? 1 : 0;
      const lamp = lamps[Math.floor(hash(col, row, b.seed + 3) * 2.6 + hash(b.seed, 6, 1) * 1.4)] ?? [
        1, 1, 1,
      ];
      const power = lit * (0.25 + 0.75 * hash(col, row, b.seed + 4)) * lerp(0.35, 0.85, near);
      const facade = add(scale(wall, shade * (0.8 + pane * 0.35)), lamp, power);
      const ground = smoothstep(SHORE - 200, SHORE, y) * 0.35;
      cover(c, x, y, mix(facade, air, clamp(b.haze * 0.9 + ground * b.haze)), alpha);
    }
  }
};
