import { bridge } from './bridge';
import { type Building, drawBuilding, dusk, SHORE } from './building';
import { bloom, type Canvas, paint, read, write } from './canvas';
import { add, clamp, hex, lerp, mix, type Rgb, ramp, scale, smoothstep } from './colour';
import { develop } from './film';
import { fbm, noise, random } from './noise';
import { shine, stamp } from './svg';

const WIDTH = 3200;
const HEIGHT = 900;

const sky = (x: number, y: number): Rgb => {
  const sunny = Math.exp(-(((x - 1500) / 1100) ** 2));
  const base = ramp(dusk, clamp(y / SHORE - 0.16 + 0.16 * sunny));
  const v = y * 0.011 + fbm(x * 0.0016, y * 0.006, 3, 3) * 1.4;
  const streak = smoothstep(0.06, 0.6, fbm(x * 0.0023 + 5, v * 1.3, 7, 7)) * smoothstep(640, 300, y);
  const burn = mix(hex('#6d5588'), hex('#ff9c74'), clamp(y / 430) * (0.35 + 0.65 * sunny));
  return add(mix(base, burn, streak * 0.75), [1, 0.5, 0.22], 0.22 * sunny * smoothstep(200, 690, y));
};

/** A row of buildings; towers gather in two centres, as they do in a city that grew twice. */
const row = (haze: number, low: number, high: number, seed: number): readonly Building[] => {
  const next = random(seed);
  const list: Building[] = [];
  for (let x = -40; x < WIDTH; ) {
    const width = (40 + next() * 70) * lerp(1.08, 0.6, haze);
    const centre = Math.exp(-(((x - 2230) / 430) ** 2)) + 0.62 * Math.exp(-(((x - 1130) / 360) ** 2));
    const height = low + (high - low) * (centre * (0.36 + 0.72 * next()) + 0.2 * next());
    list.push({ left: x, width, top: SHORE - height, seed: seed + list.length, haze, crown: next() });
    x += width * (0.72 + next() * 0.5) + (next() > 0.85 ? 26 : 0);
  }
  return list;
};

const SPIRE = { x: 2330, top: 120 } as const;

const landmark = (c: Canvas): void => {
  const tiers = [
    [1, 330],
    [0.78, 250],
    [0.56, 196],
    [0.34, 164],
  ] as const;
  for (const [grow, top] of tiers) {
    const half = 58 * grow;
    const box = { left: SPIRE.x - half, width: half * 2, top, seed: 4262, haze: 0.02, crown: 0.7 };
    drawBuilding(c, box);
    // Floodlights at the foot of each tier wash up the wall; piers between the windows catch them.
    for (let y = top - 1; y < top + 90; y++)
      for (let x = Math.ceil(box.left); x < box.left + box.width - 1; x++) {
        const pier = 0.45 + 0.55 * smoothstep(0.2, 0.8, Math.abs(((x - SPIRE.x) % 12) / 6) % 1);
        const wash = Math.exp(-(y - top) / 26) * pier * 0.75;
        write(c, x, y, add(read(c, x, y), [1.25, 0.74, 0.36], wash));
      }
  }
};

/** The far bank upside down, drawn out downwards by the waves and broken across. */
const water = (c: Canvas): void => {
  for (let y = SHORE; y < HEIGHT; y++) {
    const below = y - SHORE + 1;
    const away = 200 / below;
    for (let x = 0; x < WIDTH; x++) {
      const wave = fbm((x - 1600) * away * 0.006, away * 11, 4, 201) * smoothstep(0, 30, below);
      const fine = noise(x * 0.05, y * 0.55, 202) * smoothstep(10, 60, below);
      let light: Rgb = [0, 0, 0];
      const reach = 2 + below * 0.42;
      for (let k = -3; k <= 3; k++) {
        const up = SHORE - 1 - below * 2.1 + (wave * 1.6 + fine * 0.4) * (6 + below * 0.4) + (k / 3) * reach;
        light = add(light, read(c, Math.round(x + wave * 7), Math.round(clamp(up, 0, SHORE - 1))), 1 / 7);
      }
      const dark = lerp(0.86, 0.5, below / 210) + wave * 0.3;
      write(c, x, y, add(scale(light, clamp(dark, 0.2, 1)), hex('#0c1230'), 0.45));
    }
  }
};

export const drawSkyline = async () => {
  const c = paint(WIDTH, HEIGHT, (x, y) => (y < SHORE ? sky(x, y) : [0, 0, 0]));
  for (const b of row(0.82, 50, 330, 1000)) drawBuilding(c, b);
  for (const b of row(0.55, 50, 380, 2000)) drawBuilding(c, b);
  for (const b of row(0.28, 36, 360, 3000)) drawBuilding(c, b);
  landmark(c);
  for (const b of row(0.05, 20, 250, 4000)) drawBuilding(c, b);
  const { iron, lights } = bridge();
  await stamp(c, `<path d="M${SPIRE.x - 4} 170L${SPIRE.x} 46L${SPIRE.x + 4} 170z" fill="#3a2c48"/>${iron}`);
  await shine(c, `${lights}<circle cx="${SPIRE.x}" cy="50" r="3.4" fill="#ff4a3a"/>`, 2.4);
  water(c);
  return develop(bloom(c, 0.7, 18, 0.55), { grain: 0.016, vignette: 0.2 });
};
