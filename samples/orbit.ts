import sharp from 'sharp';
import { blank, bloom, type Canvas, cover, paint, read, write } from './canvas';
import { add, clamp, hex, mix, type Rgb, scale, smoothstep } from './colour';
import { develop } from './film';
import { fbm, noise } from './noise';
import { stars } from './stars';

const WIDTH = 480;
const HEIGHT = 360;
const FRAMES = 24;
const PLANET = { x: 205, y: 186, r: 62 } as const;
const TURN = -0.3;
const SQUASH = 0.3;
const SUN: Rgb = [-0.62, -0.42, 0.66];

/** The picture seen in the plane of the rings: u along, v towards the viewer. */
const plane = (x: number, y: number): readonly [number, number] => {
  const dx = (x - PLANET.x) / PLANET.r;
  const dy = (y - PLANET.y) / PLANET.r;
  const u = dx * Math.cos(TURN) + dy * Math.sin(TURN);
  return [u, (dy * Math.cos(TURN) - dx * Math.sin(TURN)) / SQUASH];
};

const space = (x: number, y: number): Rgb => {
  const cloud = clamp(fbm(x * 0.006 + 2, y * 0.008, 5, 3) + 0.15);
  const tint = mix(hex('#122a78'), hex('#5c1f6e'), clamp(fbm(x * 0.005, y * 0.005 + 7, 3, 8) + 0.5));
  return add(add(hex('#04061a'), tint, cloud * 0.8), stars(x * 1.3, y * 1.3, 0.8, 40), 0.8);
};

const bands = (latitude: number, u: number): Rgb => {
  const wave = latitude * 3.4 + noise(u * 2.2, latitude * 9, 5) * 0.13;
  const t = 0.5 + 0.5 * noise(wave * 2, 0.5, 9) + 0.25 * noise(wave * 6, 0.5, 11);
  return mix(mix(hex('#b4552f'), hex('#f6cf97'), clamp(t)), hex('#fbeedd'), clamp(t - 0.75) * 1.6);
};

const drawPlanet = (c: Canvas): void => {
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const dx = (x - PLANET.x) / PLANET.r;
      const dy = (y - PLANET.y) / PLANET.r;
      const d = Math.hypot(dx, dy);
      if (d > 1.25) continue;
      const z = Math.sqrt(Math.max(0, 1 - d * d));
      const light = clamp(dx * SUN[0] + dy * SUN[1] + z * SUN[2]);
      const [u, v] = plane(x, y);
      // The rings are tilted towards us, so lines of latitude bend; their shadow falls as one dark line.
      const latitude = v * SQUASH * 0.95 - z * SQUASH;
      const shadow = smoothstep(0.07, 0.02, Math.abs(latitude + 0.13 + u * u * 0.02)) * 0.5;
      const lit = scale(bands(latitude, u), (0.015 + 1.1 * light) * (1 - shadow));
      const air = add(lit, [1, 0.72, 0.5], (1 - z) ** 3 * light * 0.5);
      cover(c, x, y, air, (1 - d) * PLANET.r + 0.5);
    }
  }
};

/** Half of the rings; `front` is what passes before the planet. Bright knots run round, one place per loop. */
const drawRings = (c: Canvas, front: boolean, phase: number): void => {
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [u, v] = plane(x, y);
      if (v > 0 !== front) continue;
      const d = Math.hypot(u, v);
      if (d < 1.3 || d > 2.3) continue;
      const grain = 0.55 + 0.45 * noise(d * 11, 1, 21) + 0.2 * noise(d * 23, 1, 22);
      const gap = smoothstep(0.02, 0.05, Math.abs(d - 1.93));
      const body = smoothstep(1.3, 1.42, d) * smoothstep(2.3, 2.22, d) * gap * clamp(grain);
      const knot = 0.5 + 0.5 * Math.cos(Math.atan2(v, u) * 5 - phase);
      // The planet's shadow falls away from the sun: to the right and behind.
      const along = u * 0.8 - v * 0.6;
      const dark = along > 0.5 ? smoothstep(1.06, 0.86, Math.abs(u * 0.6 + v * 0.8)) * 0.93 : 0;
      const colour = scale(
        mix(hex('#b98d66'), hex('#ffe9c8'), clamp(grain)),
        (0.55 + 0.6 * knot ** 5) * (1 - dark),
      );
      cover(c, x, y, colour, body * 0.88);
    }
  }
};

type Moon = {
  readonly orbit: number;
  readonly r: number;
  readonly angle: number;
  readonly tail: number;
  readonly colour: Rgb;
};

const place = (orbit: number, angle: number): readonly [number, number] => {
  const u = Math.cos(angle) * orbit * PLANET.r;
  const v = Math.sin(angle) * orbit * PLANET.r * SQUASH;
  return [
    PLANET.x + u * Math.cos(TURN) - v * Math.sin(TURN),
    PLANET.y + u * Math.sin(TURN) + v * Math.cos(TURN),
  ];
};

const drawMoon = (c: Canvas, m: Moon): void => {
  // A tail of light along the orbit shows which way it goes.
  for (let k = 40; k >= 0; k--) {
    const [tx, ty] = place(m.orbit, m.angle - (k / 40) * m.tail);
    const size = m.r * 0.5 * (1 - k / 46);
    for (let y = Math.floor(ty - 4); y <= ty + 4; y++)
      for (let x = Math.floor(tx - 4); x <= tx + 4; x++)
        cover(c, x, y, m.colour, (size - Math.hypot(x - tx, y - ty) + 0.4) * 0.05 * (1 - k / 40));
  }
  const [cx, cy] = place(m.orbit, m.angle);
  const r = m.r * (1 + 0.16 * Math.sin(m.angle));
  for (let y = Math.floor(cy - r - 1); y <= cy + r + 1; y++) {
    for (let x = Math.floor(cx - r - 1); x <= cx + r + 1; x++) {
      const dx = (x - cx) / r;
      const dy = (y - cy) / r;
      const z = Math.sqrt(Math.max(0, 1 - dx * dx - dy * dy));
      const light = clamp(dx * SUN[0] + dy * SUN[1] + z * SUN[2]);
      const spots = 0.85 + 0.3 * noise(dx * 2.5, dy * 2.5, 60);
      cover(c, x, y, scale(m.colour, (0.05 + 1.1 * light) * spots), (1 - Math.hypot(dx, dy)) * r + 0.5);
    }
  }
};

const moons = (t: number): readonly Moon[] => {
  const whole = t * Math.PI * 2;
  const ice = { orbit: 3.15, r: 13, tail: 0.9, colour: hex('#a9d4ff') } as const;
  const dust = { orbit: 2.62, r: 6, tail: 0.6, colour: hex('#ffb27a') } as const;
  // Three alike that each go a third of the way: a slow orbit in a short loop.
  const thirds = [0, 1, 2].map((k) => ({ ...dust, angle: 0.4 + (whole + k * Math.PI * 2) / 3 }));
  return [{ ...ice, angle: 0.9 + whole }, ...thirds];
};

const frame = (back: Canvas, i: number): Canvas => {
  const t = i / FRAMES;
  const c = { ...blank(WIDTH, HEIGHT), data: Float32Array.from(back.data) };
  const all = moons(t);
  const far = (m: Moon): boolean => Math.sin(m.angle) < 0;
  for (const m of all.filter(far)) drawMoon(c, m);
  drawRings(c, false, t * Math.PI * 2);
  drawPlanet(c);
  drawRings(c, true, t * Math.PI * 2);
  for (const m of all.filter((one) => !far(one))) drawMoon(c, m);
  return c;
};

export const drawOrbit = async () => {
  const sunny = (x: number, y: number): number => Math.exp(-Math.hypot(x + 30, y + 40) / 105);
  const back = paint(WIDTH, HEIGHT, space);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) write(back, x, y, add(read(back, x, y), [0.3, 0.27, 0.42], sunny(x, y)));
  const frames: Buffer[] = [];
  for (let i = 0; i < FRAMES; i++) {
    // No grain: it would be new in each frame, and a GIF stores only what changes.
    const shot = develop(bloom(frame(back, i), 0.7, 12, 0.35), { grain: 0, vignette: 0.3 });
    frames.push(await shot.raw().toBuffer());
  }
  const raw = { width: WIDTH, height: HEIGHT * FRAMES, channels: 3, pageHeight: HEIGHT } as const;
  return sharp(Buffer.concat(frames), { raw });
};
