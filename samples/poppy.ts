import { type Canvas, cover } from './canvas';
import { add, clamp, mix, multiply, type Rgb, scale, smoothstep } from './colour';
import { fbm, hash, noise } from './noise';

export type Poppy = {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  /** 1 is seen from above, 0 from the side. */
  readonly tilt: number;
  readonly turn: number;
  readonly seed: number;
};

// Linear Display P3: the red has no green and no blue in it, as sRGB cannot have it.
const scarlet: Rgb = [1, 0, 0];
const ember: Rgb = [1.06, 0.085, 0.004];
const wine: Rgb = [0.26, 0, 0.012];
const soot: Rgb = [0.012, 0.004, 0.012];

const wrap = (a: number): number => a - Math.round(a / (Math.PI * 2)) * Math.PI * 2;

/** One crumpled petal, in flower units: where it ends in a direction, and how it is lit on the way. */
const drawPetal = (c: Canvas, p: Poppy, at: number, spread: number, size: number, k: number): void => {
  const seed = p.seed * 17 + k * 131;
  const reach = Math.ceil(p.r * 1.25);
  const fine = p.r > 60;
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const u = x / p.r;
      // A cup: the rim stands nearer to the eye than the heart does.
      const flat = Math.hypot(u, y / p.r / p.tilt);
      const v = (y / p.r + (1 - p.tilt) * 0.34 * Math.min(1.4, flat * flat)) / p.tilt;
      const distance = Math.hypot(u, v);
      const angle = wrap(Math.atan2(v, u) - at);
      if (distance > 1.3 || Math.abs(angle) > spread * 1.05) continue;
      const frill = fine ? noise(angle * 4 + seed, 1, seed) * 0.07 + noise(angle * 13, 2, seed) * 0.022 : 0;
      const edge = size * (Math.cos((angle / spread) * 1.35) ** 2) ** 0.27 * (1 + frill);
      const alpha = clamp((edge - distance) * p.r * p.tilt * 0.8);
      if (alpha <= 0) continue;
      const t = distance / edge;
      // Folds run from the heart outwards and widen; veins are the same, finer.
      const folds = fbm(angle * 3.4 + seed, t * 1.1, 3, seed + 1);
      const veins = fine
        ? noise(angle * 34, t * 2.2, seed + 2) * 0.5 + noise(angle * 70, t * 3, seed + 3) * 0.3
        : 0;
      const crumple = fine ? fbm(u * 5 + seed, v * 5, 4, seed + 4) : 0;
      // The low sun shines through from behind on the left: the upper left petals glow.
      const through = clamp(0.5 - u * 0.34 - v * 0.42);
      const light = clamp(
        0.2 + through * 0.78 + folds * 0.62 + crumple * 0.3 + veins * 0.1 + t * 0.12,
        0.02,
        1.25,
      );
      const rim = smoothstep(0.93, 0.995, t) * 0.35 * through;
      const side = smoothstep(0.62, 1, Math.abs(angle) / spread) * 0.3;
      const body = mix(mix(wine, scarlet, clamp(light * 1.15)), ember, clamp(light - 0.62) * 1.6 + rim);
      const blotch = smoothstep(0.5, 0.24, distance + folds * 0.22 + Math.abs(angle) * 0.14);
      cover(
        c,
        p.x + x,
        p.y + y,
        mix(scale(body, (0.55 + 0.5 * light) * (1 - side)), soot, blotch * 0.95),
        alpha,
      );
    }
  }
};

/** The seed head with its rays, in a ring of dark stamens with pale dust on them. */
const drawHeart = (c: Canvas, p: Poppy): void => {
  const dots = p.r > 60 ? 130 : 24;
  for (let i = 0; i < dots; i++) {
    const angle = hash(i, 1, p.seed) * Math.PI * 2;
    const out = (0.12 + 0.2 * hash(i, 2, p.seed) ** 0.7) * p.r;
    const x = p.x + Math.cos(angle) * out;
    const y = p.y + Math.sin(angle) * out * p.tilt - p.r * 0.05 * (1 - p.tilt) * 4;
    const size = p.r * (0.011 + 0.011 * hash(i, 3, p.seed));
    const colour: Rgb = mix([0.03, 0.016, 0.05], [0.3, 0.2, 0.22], hash(i, 4, p.seed) ** 3);
    for (let dy = -6; dy <= 6; dy++)
      for (let dx = -6; dx <= 6; dx++) {
        const px = Math.round(x) + dx;
        const py = Math.round(y) + dy;
        const d = Math.hypot(px - x, py - y);
        cover(c, px, py, scale(colour, dy < 0 ? 1.4 : 0.8), size - d + 0.6);
      }
  }
  const r = p.r * 0.13;
  const cy = p.y - p.r * 0.05;
  for (let y = Math.floor(-r - 1); y <= r + 1; y++) {
    for (let x = Math.floor(-r - 1); x <= r + 1; x++) {
      const v = y / (0.25 + 0.75 * p.tilt);
      const d = Math.hypot(x, v) / r;
      const rays = smoothstep(0.3, 0.9, Math.cos(Math.atan2(v, x) * 10)) * smoothstep(0.1, 0.3, d);
      const light = clamp(0.72 - (x + y) / r / 3);
      const green: Rgb = multiply([0.34, 0.6, 0.1], [light, light, light]);
      const shown = mix(add(green, [0.05, 0.1, 0.02]), [0.05, 0.03, 0.03], rays * 0.75);
      cover(c, Math.round(p.x + x), Math.round(cy + y), shown, (1 - d) * r + 0.5);
    }
  }
};

export const drawPoppy = (c: Canvas, flower: Poppy): void => {
  const p = { ...flower, x: Math.round(flower.x), y: Math.round(flower.y) };
  const quarter = Math.PI / 2;
  // Two petals behind, two in front and across them, as poppies have it.
  drawPetal(c, p, p.turn - quarter, 1.25, 1.03, 0);
  drawPetal(c, p, p.turn + quarter, 1.25, 1, 1);
  drawPetal(c, p, p.turn + Math.PI, 1.12, 0.95, 2);
  drawPetal(c, p, p.turn, 1.12, 0.92, 3);
  drawHeart(c, p);
};
