import { bloom, type Canvas, cover, paint, sample, write } from './canvas';
import { add, clamp, hex, lerp, mix, type Rgb, ramp, scale, smoothstep } from './colour';
import { develop } from './film';
import { fbm, noise, random } from './noise';
import { mask } from './svg';
import { drawTerrain, type View } from './terrain';
import { drawConifer } from './trees';

export const WIDTH = 2400;
export const HEIGHT = 1600;
const HORIZON = 968;
const SUN = [1655, 742] as const;

const stops = [
  [0, hex('#22386b')],
  [0.3, hex('#4f6596')],
  [0.55, hex('#a98ba6')],
  [0.75, hex('#eda98a')],
  [1, hex('#ffcf8f')],
] as const;

const glow: Rgb = [1.5, 0.72, 0.24];

const sky = (x: number, y: number): Rgb => {
  const dx = (x - SUN[0]) / 1000;
  const dy = (y - SUN[1]) / 1000;
  const far = Math.hypot(dx, dy * 1.25);
  const clear = ramp(
    stops,
    clamp(y / HORIZON + 0.22 * Math.exp(-far * 2) - Math.min(0.16, Math.abs(dx) * 0.1)),
  );
  const warm = add(clear, glow, 0.75 * Math.exp(-far * 5.5) + 0.16 * Math.exp(-far * 2));
  const disc = smoothstep(0.037, 0.031, Math.hypot(dx, dy));
  // Clouds are seen in perspective: they flatten and crowd towards the horizon.
  const depth = 260 / (HORIZON + 90 - y);
  const u = (x - 1200) * depth * 0.0052 + 4;
  const v = depth * 5.2;
  const soft = fbm(u + fbm(u, v, 3, 9) * 0.6, v * 1.25, 7, 5);
  const thick = smoothstep(-0.06, 0.5, soft) * smoothstep(HORIZON - 30, HORIZON - 330, y);
  const warmth: Rgb = [9, 6.6, 3.6];
  if (thick <= 0) return add(warm, warmth, disc);
  const under = fbm(u + 0.05, v * 1.25 + 0.16, 5, 5);
  const burning = mix(hex('#ff9a6b'), hex('#ffd9a0'), Math.exp(-far * 3));
  const light = clamp(0.42 + (soft - under) * 2.4) * (0.25 + 1.25 * Math.exp(-far * 1.1));
  const cloud = mix(mix(hex('#46507e'), hex('#8b7797'), y / HORIZON), burning, clamp(light));
  return add(mix(warm, cloud, thick * 0.86), warmth, disc * (1 - thick * 0.5));
};

const view: View = {
  horizon: HORIZON,
  focal: 2350,
  sun: SUN,
  air: (x) => mix(hex('#8290c4'), hex('#ffb880'), Math.exp(-(((x - SUN[0]) / 640) ** 2)) * 0.94),
};

const farShore = (c: Canvas): void => {
  const next = random(71);
  for (let i = 0; i < 620; i++) {
    const x = next() * (WIDTH + 100) - 50;
    const crowd = fbm(x * 0.004, 3, 4, 61) + 0.22;
    const sunny = Math.exp(-(((x - SUN[0]) / 520) ** 2));
    const size = (16 + next() * 40) * clamp(crowd * 2.2, 0.35, 1.25);
    const air = view.air(x);
    const dark = mix(hex('#0b1117'), air, 0.03 + 0.09 * sunny);
    drawConifer(c, { x, foot: HORIZON + 2, height: size, seed: i }, dark, mix(dark, air, 0.03 + 0.1 * sunny));
  }
};

/** Below the water line the picture above is repeated, shaken by waves that grow towards the viewer. */
const water = (c: Canvas): void => {
  const deep = hex('#0c1a2a');
  for (let y = HORIZON; y < HEIGHT; y++) {
    const below = y - HORIZON + 0.5;
    const away = 900 / below;
    const calm = smoothstep(0, 90, below);
    for (let x = 0; x < WIDTH; x++) {
      const wx = (x - WIDTH / 2) * away * 0.012;
      const wz = away * 7;
      const breeze = 0.35 + 0.9 * smoothstep(-0.1, 0.45, fbm(wx * 0.12, wz * 0.33, 3, 301));
      const swell = noise(wx * 0.55, wz * 0.8, 303) + 0.55 * noise(wx * 1.6 + 7, wz * 2.1, 304) * calm;
      const fine = noise(wx * 4.2, wz * 5, 305) * calm * smoothstep(60, 260, below);
      const wave = (swell + fine * 0.34) * breeze;
      const up = HORIZON - below * 1.04 + wave * (2 + below * 0.062);
      const mirror = sample(c, x + wave * below * 0.008, clamp(up, 0, HORIZON - 1));
      const fresnel = lerp(0.9, 0.5, smoothstep(0, 640, below)) - clamp(wave) * 0.1 * calm;
      write(c, x, y, add(scale(mirror, fresnel), deep, 1 - fresnel));
    }
  }
  // A bright line of mist where the water meets the land.
  for (let y = HORIZON - 26; y < HORIZON + 22; y++)
    for (let x = 0; x < WIDTH; x++) {
      const wisp = clamp(fbm(x * 0.004, y * 0.03, 4, 88) + 0.42);
      cover(c, x, y, view.air(x), Math.exp(-(((y - HORIZON) / 9) ** 2)) * wisp * 0.55);
    }
};

const BOAT = `
  <path d="M-150 -6 C-120 30 -80 38 0 38 C90 38 132 26 166 -16 C120 -4 60 4 0 4 C-60 4 -110 2 -150 -6Z"/>
  <path d="M-34 6 C-40 -34 -30 -62 -6 -66 C18 -66 28 -40 26 6Z"/>
  <ellipse cx="-1" cy="-84" rx="17" ry="20"/>
  <path d="M-28 -88 C-14 -112 14 -112 26 -90 L34 -86 L-34 -84Z"/>
  <path d="M-20 -46 L44 -20 L40 -10 L-22 -26Z"/>
  <path d="M36 -26 L150 44 L176 50 L172 58 L146 52 L32 -18Z"/>`;

const boat = async (c: Canvas, x: number, y: number, size: number): Promise<void> => {
  const place = (flip: number): string =>
    `<g transform="translate(${x} ${y}) scale(${size} ${size * flip})">${BOAT}</g>`;
  const above = await mask(place(1), WIDTH, HEIGHT);
  const shifted = `<g transform="translate(0 ${56 * size})">${place(-0.9)}</g>`;
  const below = await mask(shifted, WIDTH, HEIGHT);
  const hull = hex('#0d0c12');
  const edge: Rgb = [1.15, 0.5, 0.2];
  const at = (m: Float32Array, px: number, py: number): number =>
    m[clamp(py, 0, HEIGHT - 1) * WIDTH + clamp(px, 0, WIDTH - 1)] ?? 0;
  for (let py = y - 160; py < y + 220; py++)
    for (let px = x - 260; px < x + 260; px++) {
      const wobble = Math.round(noise(px * 0.012, py * 0.11, 500) * 9 * smoothstep(y, y + 130, py));
      cover(c, px, py, hull, at(below, px + wobble, py) * 0.8);
      const solid = at(above, px, py);
      // The sun is to the right and behind: a thin bright rim where the shape ends on that side.
      const rim = clamp(solid - at(above, px + 3, py - 4)) * smoothstep(y + 20, y - 10, py);
      cover(c, px, py, mix(hull, edge, rim), solid);
    }
};

const frame = (c: Canvas): void => {
  const dark = hex('#07090d');
  const rim = hex('#1c1512');
  const trees = [
    [-60, 1700, 1500],
    [150, 1720, 1240],
    [330, 1690, 830],
    [2395, 1700, 900],
    [2290, 1700, 560],
  ] as const;
  for (const [x, foot, height] of trees) drawConifer(c, { x, foot, height, seed: Math.abs(x) }, dark, rim);
  for (let x = 0; x < WIDTH; x++) {
    const edge = smoothstep(620, 0, x) * 150 + smoothstep(1950, 2400, x) * 90 - 12;
    const bank = HEIGHT - edge - fbm(x * 0.008, 1, 6, 91) * 40 - Math.abs(noise(x * 0.31, 2, 92)) * 16;
    for (let y = Math.floor(bank); y < HEIGHT; y++) cover(c, x, y, dark, y + 1 - bank);
  }
};

export const drawLake = async () => {
  const c = paint(WIDTH, HEIGHT, (x, y) => (y <= HORIZON ? sky(x, y) : [0, 0, 0]));
  drawTerrain(c, view);
  farShore(c);
  water(c);
  await boat(c, 830, 1240, 0.8);
  frame(c);
  return develop(bloom(c, 0.8, 34, 0.5), { grain: 0.022, vignette: 0.5 });
};
