import { bloom, type Canvas, cover, paint, read, write } from './canvas';
import { add, clamp, hex, lerp, mix, multiply, type Rgb, ramp, scale, smoothstep } from './colour';
import { develop } from './film';
import { fbm, hash, noise } from './noise';
import { stars } from './stars';
import { shine, stamp } from './svg';

const WIDTH = 900;
const HEIGHT = 2400;
const SEA = 2010;
const X = 585;
const FOOT = 2170;
const GALLERY = 1190;
const LAMP = 1118;

const stops = [
  [0, hex('#050a1c')],
  [0.35, hex('#0a1533')],
  [0.62, hex('#142c55')],
  [0.78, hex('#234a70')],
  [0.87, hex('#47687f')],
  [0.93, hex('#86817f')],
  [0.97, hex('#c08b6a')],
  [1, hex('#e39d62')],
] as const;

const sky = (x: number, y: number): Rgb => {
  const base = scale(ramp(stops, y / SEA), 0.8);
  // The Milky Way: a band across the picture with dark lanes of dust in its middle.
  const across = (x - 250 - (y - 900) * -0.34) / 230 + fbm(x * 0.004, y * 0.003, 3, 5) * 0.8;
  const band = Math.exp(-across * across) * smoothstep(1750, 1100, y);
  const cloud = clamp(fbm(x * 0.006, y * 0.005, 7, 9) * 1.1 + 0.62);
  const dust = smoothstep(
    0.08,
    0.42,
    fbm(x * 0.005 + 9, y * 0.004, 6, 17) + 0.25 * Math.exp(-across * across * 7),
  );
  const glow = band * cloud * (1 - dust * 0.86);
  const milk = mix(hex('#5a6fb8'), hex('#f2c9a6'), clamp(glow * 1.15 - 0.2));
  const veil = smoothstep(SEA - 40, SEA - 800, y);
  const points = stars(x, y, 0.8 + glow * 3.4, 100);
  return add(add(base, milk, glow * 0.42), points, (0.15 + 0.85 * veil) * (1 - band * dust * 0.6));
};

/** A cone of light in haze, seen from the side: narrow across, fading along. */
const beam = (x: number, y: number, angle: number, spread: number, reach: number): number => {
  const dx = x - X;
  const dy = y - LAMP;
  const along = dx * Math.cos(angle) + dy * Math.sin(angle);
  if (along <= 0) return 0;
  const off = (dy * Math.cos(angle) - dx * Math.sin(angle)) / (10 + along * spread);
  const haze = 0.75 + 0.5 * fbm(x * 0.006, y * 0.01, 4, 41);
  return Math.exp(-off * off * 2.4) * Math.exp(-along / reach) * haze;
};

const lampGlow = (x: number, y: number): Rgb => {
  const near = Math.hypot(x - X, y - LAMP);
  const light = beam(x, y, Math.PI * 1.045, 0.085, 620) * 0.62 + beam(x, y, -0.14, 0.11, 420) * 0.5;
  return scale([1, 0.86, 0.56], light + 0.55 * Math.exp(-near / 60) + 0.12 * Math.exp(-near / 260));
};

const sea = (x: number, y: number): Rgb => {
  const below = y - SEA + 1;
  const away = 300 / below;
  const wave = fbm((x - 450) * away * 0.018, away * 9, 5, 51) * smoothstep(0, 40, below);
  const mirror = scale(ramp(stops, clamp(1 - (below / 430) * (1.1 + wave * 1.6))), 0.55 + wave * 0.5);
  const path = Math.exp(-(((x - 330 + wave * 150) / (70 + below * 0.35)) ** 2));
  return add(mirror, [1, 0.72, 0.4], path * clamp(wave * 1.5 - 0.06) * 0.7 * Math.exp(-below / 190));
};

const white = hex('#e9e4da');
const red = hex('#a4161c');

const drawBody = (c: Canvas): void => {
  for (let y = GALLERY; y < FOOT; y++) {
    const down = (y - GALLERY) / (FOOT - GALLERY);
    const half = lerp(58, 104, down ** 1.25);
    for (let x = Math.floor(X - half - 1); x <= X + half + 1; x++) {
      const u = (x - X) / half;
      const round = Math.sqrt(Math.max(0, 1 - u * u));
      const stripe = (down + (1 - round) * -0.006) * 6;
      const inRed = smoothstep(-0.045, 0.045, -Math.sin(stripe * Math.PI));
      const worn = fbm(x * 0.02, y * 0.006, 5, 61) * 0.3 + fbm(x * 0.15, y * 0.1, 3, 62) * 0.16;
      // Courses of stone, bent round the tower; each stone has taken the paint a little differently.
      const course = (y + (1 - round) * 9) / 21;
      const stone = hash(
        Math.floor(Math.asin(clamp(u, -1, 1)) * 5 + (Math.floor(course) % 2) * 0.5),
        Math.floor(course),
        63,
      );
      const joint = smoothstep(0.12, 0.03, Math.abs((course % 1) - 0.5)) * 0.09;
      const paintwork = scale(mix(white, red, inRed), 0.9 + worn + stone * 0.09 - joint);
      // Moonlight from the left, the last of the sunset from low on the right, lamp light from above.
      const moon = clamp(-u * 0.75 + round * 0.45) * 0.5;
      const dusk = clamp(u * 0.9 - 0.3) * 0.5 * smoothstep(0, 0.8, down);
      const lamp = 0.5 * Math.exp(-down * 14) * round;
      const light: Rgb = [
        0.03 + moon * 0.62 + dusk * 1 + lamp,
        0.05 + moon * 0.76 + dusk * 0.55 + lamp * 0.75,
        0.1 + moon + dusk * 0.34 + lamp * 0.45,
      ];
      cover(c, x, y, multiply(paintwork, light), half - Math.abs(x - X) + 0.5);
    }
  }
};

const rocks = (c: Canvas): void => {
  for (let x = 0; x < c.width; x++) {
    const island = 176 * Math.exp(-(((x - 700) / 340) ** 2)) + 30 * Math.exp(-(((x - 120) / 110) ** 2));
    const top = 2252 - island - fbm(x * 0.007, 2, 3, 71) * 46 - Math.abs(noise(x * 0.03, 5, 72)) * 22;
    for (let y = Math.floor(top); y < c.height; y++) {
      const depth = y - top;
      const crack = Math.abs(fbm(x * 0.011, y * 0.017, 6, 73));
      const step = fbm(x * 0.011 - 0.05, y * 0.017 - 0.07, 6, 73) - fbm(x * 0.011, y * 0.017, 6, 73);
      const face = clamp(0.2 + step * 3.4) * smoothstep(0, 0.16, crack);
      const cold = scale(hex('#6d7f9e'), face * 0.34 * Math.exp(-depth / 320));
      const warm = scale(hex('#d08a52'), clamp(-step * 3) * 0.1 * Math.exp(-depth / 60));
      const stone = add(add(hex('#06080d'), cold), warm);
      cover(c, x, y, stone, y + 1 - top);
    }
  }
};

const rails = Array.from({ length: 13 }, (_, i) => X - 90 + i * 15)
  .map((x) => `<path d="M${x} 1186V1150"/>`)
  .join('');

const HEAD = `
  <defs><linearGradient id="m"><stop offset="0" stop-color="#51617e"/><stop offset=".45" stop-color="#1c2436"/>
  <stop offset="1" stop-color="#0c0f18"/></linearGradient>
  <linearGradient id="r"><stop offset="0" stop-color="#8e4350"/><stop offset=".4" stop-color="#571420"/>
  <stop offset="1" stop-color="#1d070c"/></linearGradient></defs>
  <g fill="url(#m)"><path d="M${X - 66} 1222 L${X - 96} 1190 H${X + 96} L${X + 66} 1222Z"/>
  <rect x="${X - 100}" y="1184" width="200" height="9" rx="3"/>
  <rect x="${X - 46}" y="1158" width="92" height="28"/></g>
  <g stroke="#2a3449" stroke-width="2.6" fill="none">${rails}<path d="M${X - 94} 1150H${X + 94}M${X - 92} 1167H${X + 92}"/></g>
  <path fill="url(#r)" d="M${X - 54} 1082 C${X - 46} 1040 ${X - 20} 1022 ${X} 1016 C${X + 20} 1022 ${X + 46} 1040 ${X + 54} 1082Z"/>
  <g fill="#141a28"><rect x="${X - 57}" y="1079" width="114" height="7" rx="2"/><circle cx="${X}" cy="1012" r="7"/>
  <rect x="${X - 1.5}" y="960" width="3" height="50"/></g>
  <g stroke="#10141f" stroke-width="3.4"><path d="M${X - 45} 1086V1158M${X - 16} 1086V1158M${X + 16} 1086V1158M${X + 45} 1086V1158"/></g>`;

const WINDOWS = `
  <g fill="#11131c"><path d="M${X - 11} 1352v-22a11 11 0 0 1 22 0v22zM${X - 12} 1652v-24a12 12 0 0 1 24 0v24z
  M${X - 22} 2104v-64a22 22 0 0 1 44 0v64z"/></g>`;

const LIGHTS = `
  <defs><radialGradient id="g"><stop offset="0" stop-color="#fff6dc"/><stop offset=".35" stop-color="#ffd98a"/>
  <stop offset="1" stop-color="#c8752a" stop-opacity=".25"/></radialGradient></defs>
  <rect x="${X - 45}" y="1086" width="90" height="72" fill="url(#g)"/>
  <g fill="#ffb45c"><path d="M${X - 7} 1350v-19a7 7 0 0 1 14 0v19zM${X - 8} 1650v-21a8 8 0 0 1 16 0v21z"/></g>`;

const COTTAGE = `
  <g transform="translate(742 2076)"><path fill="#0d1018" d="M-8 -62h14v-34h-14z"/>
  <path fill="#10131d" d="M-74 -52 L-52 -92 H62 L86 -52Z"/><path fill="#39455f" opacity=".5" d="M-74 -52 L-52 -92 H-40 L-56 -52Z"/>
  <path fill="#171b28" d="M-66 -52H78V24H-66Z"/></g>`;
const COTTAGE_LIGHT = `
  <g fill="#ff9d45" transform="translate(742 2076)"><path d="M-42 -34h11v12h-11zM-29 -34h11v12h-11zM-42 -20h11v13h-11zM-29 -20h11v13h-11zM28 -34h11v12h-11zM41 -34h11v12h-11zM28 -20h11v13h-11zM41 -20h11v13h-11z"/></g>`;

export const drawTower = async () => {
  const c = paint(WIDTH, HEIGHT, (x, y) => (y < SEA ? sky(x, y) : sea(x, y)));
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) write(c, x, y, add(read(c, x, y), lampGlow(x, y)));
  await stamp(c, COTTAGE);
  await shine(c, COTTAGE_LIGHT, 0.9);
  drawBody(c);
  await stamp(c, WINDOWS);
  rocks(c);
  await shine(c, LIGHTS, 2.6);
  await stamp(c, HEAD);
  await shine(c, `<circle cx="${X}" cy="${LAMP}" r="17" fill="#fff3d0"/>`, 7);
  return develop(bloom(c, 0.75, 26, 0.7), { grain: 0.02, vignette: 0.35 });
};
