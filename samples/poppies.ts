import { blur, type Canvas, cover, paint, read, write } from './canvas';
import { add, clamp, lerp, mix, type Rgb, scale, smoothstep } from './colour';
import { developWide } from './film';
import { fbm, noise, random } from './noise';
import { drawPoppy, type Poppy } from './poppy';

const WIDTH = 1600;
const HEIGHT = 1200;
const HORIZON = 350;

// Linear Display P3. A channel at or near 0 with another near 1 lies outside sRGB, which is the point here.
const leaf: Rgb = [0.025, 0.31, 0.012];
const lime: Rgb = [0.24, 0.74, 0.035];
const shade: Rgb = [0.004, 0.05, 0.012];
const evening: Rgb = [1.25, 0.78, 0.28];

const backdrop = (x: number, y: number): Rgb => {
  const sun = Math.exp(-Math.hypot(x - 330, (y - 170) * 1.3) / 420);
  const heaven = add(
    mix([0.2, 0.48, 0.82], [0.86, 0.86, 0.66], smoothstep(0, HORIZON, y)),
    evening,
    sun * 0.9,
  );
  const hedge = 268 + fbm(x * 0.006, 1, 4, 3) * 90;
  const wood = mix(shade, leaf, 0.3 + 0.5 * sun + 0.4 * fbm(x * 0.02, y * 0.02, 4, 4));
  const far = mix(heaven, add(wood, evening, 0.12 + sun * 0.3), smoothstep(hedge - 6, hedge + 6, y));
  const down = clamp((y - HORIZON) / (HEIGHT - HORIZON));
  const patch = clamp(0.5 + fbm(x * 0.004, y * 0.014, 5, 5) * 0.9);
  const meadow = scale(mix(mix(lime, leaf, patch), shade, down ** 0.7 * 0.85), 0.95);
  return mix(far, add(meadow, evening, sun * 0.4 * (1 - down)), smoothstep(HORIZON - 14, HORIZON + 14, y));
};

type Blade = {
  readonly x: number;
  readonly foot: number;
  readonly length: number;
  readonly width: number;
  readonly bend: number;
  readonly colour: Rgb;
};

/** A blade of grass or a stem: wide at the foot, bent more towards the tip, light on its left side. */
const drawBlade = (c: Canvas, b: Blade, taper = true): void => {
  for (let y = Math.floor(b.foot - b.length); y <= b.foot; y++) {
    const up = clamp((b.foot - y) / b.length);
    const middle = b.x + b.bend * up * up;
    const half = Math.max(0.7, b.width * (taper ? (1 - up) ** 0.7 : 1));
    for (let x = Math.floor(middle - half); x <= middle + half + 1; x++) {
      const across = (x - middle) / half;
      const light = 0.5 + 0.5 * up + (across < 0 ? 0.25 : -0.12);
      cover(c, x, y, scale(b.colour, light), half - Math.abs(x - middle) + 0.5);
    }
  }
};

const grass = (c: Canvas, many: number, foot: number, size: number, seed: number): void => {
  const next = random(seed);
  for (let i = 0; i < many; i++) {
    const tone = next();
    const colour = mix(mix(shade, leaf, 0.2 + tone * 0.8), lime, tone ** 4 * 0.6);
    const length = size * (0.45 + next() * 0.75);
    const x = next() * (WIDTH + 200) - 100;
    drawBlade(c, {
      x,
      foot: foot + next() * size * 0.4,
      length,
      width: size * 0.011 + 0.8,
      bend: (next() - 0.4) * size * 0.5,
      colour,
    });
  }
};

const flower = (c: Canvas, p: Poppy, foot: number, lean: number): void => {
  const stem = mix(leaf, lime, 0.08);
  drawBlade(
    c,
    { x: p.x - lean, foot, length: foot - p.y, width: Math.max(1, p.r * 0.032), bend: lean, colour: stem },
    false,
  );
  drawPoppy(c, p);
};

/** Many small flowers of one distance: far ones first, so that near ones hide them. */
const crowd = (
  c: Canvas,
  many: number,
  from: number,
  to: number,
  size: readonly [number, number],
  seed: number,
): void => {
  const next = random(seed);
  for (let i = 0; i < many; i++) {
    const t = i / many;
    const r = lerp(size[0], size[1], t) * (0.7 + next() * 0.6);
    const y = lerp(from, to, t) + (next() - 0.5) * r * 2;
    const p = {
      x: next() * (WIDTH + 120) - 60,
      y,
      r,
      tilt: 0.42 + next() * 0.4,
      turn: next() * 6.3,
      seed: seed + i,
    };
    flower(c, p, y + r * 4, (next() - 0.5) * r * 2);
  }
};

const haze = (c: Canvas, amount: number): void => {
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const ray = Math.exp(-Math.hypot(x - 330, y - 170) / 460) * amount;
      write(c, x, y, add(read(c, x, y), evening, ray));
    }
};

/** A bud on a hooked, hairy stem: no field has only open flowers. */
const bud = (c: Canvas, x: number, y: number, r: number): void => {
  drawBlade(
    c,
    {
      x: x - 40,
      foot: HEIGHT + 60,
      length: HEIGHT + 60 - y,
      width: 3.4,
      bend: 40,
      colour: mix(leaf, lime, 0.1),
    },
    false,
  );
  for (let py = Math.floor(y - r * 2); py < y + r * 2; py++)
    for (let px = Math.floor(x - r * 2); px < x + r * 2; px++) {
      const u = (px - x) / r;
      const v = (py - y) / (r * 1.6);
      const hairs = noise(px * 0.4, py * 0.2, 91) * 0.03;
      const d = Math.hypot(u, v) + hairs;
      const light = clamp(0.62 - u * 0.5 - v * 0.35);
      const split: Rgb = [0.85, 0.01, 0];
      const green = scale(mix(leaf, lime, light * 0.7), 0.3 + light);
      cover(
        c,
        px,
        py,
        mix(green, split, smoothstep(0.14, 0.05, Math.abs(u - 0.25 + v * 0.2)) * 0.9),
        (1 - d) * r * 0.7,
      );
    }
};

export const drawPoppies = async () => {
  // The depth of field: each blur takes everything behind what comes next a little further out of focus.
  let c = paint(WIDTH, HEIGHT, backdrop);
  crowd(c, 260, HORIZON + 16, 470, [7, 20], 1000);
  c = blur(c, 7);
  crowd(c, 70, 480, 640, [28, 48], 2000);
  grass(c, 500, 860, 260, 2500);
  c = blur(c, 6);
  crowd(c, 22, 640, 800, [56, 76], 3000);
  grass(c, 700, 1060, 330, 3500);
  c = blur(c, 3);
  haze(c, 0.3);
  grass(c, 420, HEIGHT + 40, 380, 4500);
  flower(c, { x: 300, y: 800, r: 112, tilt: 0.5, turn: 2.2, seed: 51 }, HEIGHT + 80, -40);
  flower(c, { x: 640, y: 930, r: 92, tilt: 0.62, turn: 4.4, seed: 52 }, HEIGHT + 80, 30);
  c = blur(c, 1);
  bud(c, 720, 610, 24);
  flower(c, { x: 1420, y: 850, r: 120, tilt: 0.55, turn: 1.1, seed: 53 }, HEIGHT + 80, 40);
  grass(c, 170, HEIGHT + 70, 330, 5500);
  flower(c, { x: 1050, y: 500, r: 232, tilt: 0.74, turn: 0.35, seed: 54 }, HEIGHT + 100, -70);
  return developWide(c, { grain: 0.012, vignette: 0.4 });
};
