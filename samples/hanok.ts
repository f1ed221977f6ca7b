import { branch } from './blossom';
import { bloom, type Canvas, cover, paint, read, write } from './canvas';
import { add, clamp, hex, mix, type Rgb, ramp, scale, smoothstep } from './colour';
import { develop } from './film';
import { fbm, noise } from './noise';
import { stars } from './stars';
import { shine, stamp } from './svg';

const WIDTH = 1600;
const HEIGHT = 1200;
const MOON = { x: 505, y: 345, r: 112 } as const;

const stops = [
  [0, hex('#0a1330')],
  [0.3, hex('#182a55')],
  [0.5, hex('#375080')],
  [0.66, hex('#7c86a6')],
  [0.8, hex('#c9b2b4')],
] as const;

const moonLight = (x: number, y: number): Rgb => {
  const d = Math.hypot(x - MOON.x, y - MOON.y);
  const halo = 0.3 * Math.exp(-Math.max(0, d - MOON.r) / 60) + 0.09 * Math.exp(-d / 260);
  const inside = smoothstep(MOON.r + 1, MOON.r - 1, d);
  const u = (x - MOON.x) / MOON.r;
  const v = (y - MOON.y) / MOON.r;
  const seas = smoothstep(-0.05, 0.35, fbm(u * 1.15 + 4, v * 1.15 + 1, 5, 22));
  const craters = fbm(u * 5, v * 5, 4, 25) * 0.16;
  const face = (0.9 - 0.42 * seas + craters) * (0.82 + 0.18 * Math.sqrt(clamp(1 - u * u - v * v)));
  return add(scale([0.86, 0.88, 0.9], halo * (1 - inside * 0.75)), [1, 0.93, 0.79], inside * face);
};

const sky = (x: number, y: number): Rgb => {
  const base = ramp(stops, y / HEIGHT);
  const stellar = scale(stars(x, y, 0.6, 300), smoothstep(560, 120, y) * 0.7);
  const light = moonLight(x, y);
  // Thin cloud in front of the moon: it hides a little and glows with what it hides.
  const veil = smoothstep(0.0, 0.55, fbm(x * 0.0022, y * 0.008 + 3, 6, 33)) * 0.75;
  const d = Math.hypot(x - MOON.x, (y - MOON.y) * 1.4);
  const cloud = add(scale(base, 1.15), [0.5, 0.52, 0.6], 0.6 * Math.exp(-d / 240));
  return mix(add(add(base, stellar), light), cloud, veil * (0.12 + 0.5 * smoothstep(60, 260, d)));
};

/** Hills from far to near, each darker than the one behind, with mist rising from every foot. */
const hills = (c: Canvas): void => {
  const layers = 6;
  for (let i = 0; i < layers; i++) {
    const near = i / (layers - 1);
    const colour = mix(hex('#66789f'), hex('#0b1528'), near ** 0.7);
    const mist = mix(hex('#c3b6c2'), hex('#41577c'), near);
    for (let x = 0; x < WIDTH; x++) {
      const u = x * (0.0016 + near * 0.0011);
      const rise = fbm(u + i * 9.7, i * 3.1, 7, 400 + i) * (190 - near * 40);
      const pines = near > 0.3 ? Math.abs(noise(x * (0.34 - near * 0.1), 1, 450 + i)) * (4 + near * 13) : 0;
      const top = 690 + near * 262 - rise - pines + Math.sin(u * 2.3 + i * 2) * 36;
      for (let y = Math.floor(top); y < HEIGHT; y++) {
        const depth = y - top;
        const wisp = 0.72 + 0.5 * fbm(x * 0.0028 + i, y * 0.011, 5, 460 + i);
        const fog = smoothstep(0, 150 + near * 90, depth) * wisp * (0.95 - near * 0.42);
        const moonward = Math.exp(-Math.abs(x - MOON.x) / 560);
        const shade = add(colour, hex('#8d9cc0'), Math.exp(-depth / 7) * 0.2 * moonward);
        cover(c, x, y, mix(shade, scale(mist, 0.75 + 0.4 * moonward), clamp(fog)), y + 1 - top);
      }
    }
  }
};

/** Rows of round tiles run from the ridge to the eaves and fan out towards the raised corners. */
const tiles = (): string => {
  const lines: string[] = [];
  for (let i = -34; i <= 34; i++) {
    const t = i / 34;
    const ridge = [t * 236, -214 - 20 * t * t] as const;
    const bend = [t * 298, -100 - 12 * t * t] as const;
    const eave = [t * 436, 4 - 52 * Math.abs(t) ** 3.2] as const;
    lines.push(`M${ridge.join(' ')}Q${bend.join(' ')} ${eave.join(' ')}`);
  }
  return lines.join('');
};

/** Round tile ends along the eaves. */
const ends = (): string =>
  Array.from({ length: 69 }, (_, i) => (i - 34) / 34)
    .map(
      (t) =>
        `<circle cx="${(t * 436).toFixed(1)}" cy="${(8 - 52 * Math.abs(t) ** 3.2).toFixed(1)}" r="5.2"/>`,
    )
    .join('');

const EAVE = 'M-442 -54 Q-330 6 -180 6 H180 Q330 6 442 -54';
const bays = [-318, -186, -58, 70, 198] as const;

const windows = bays.map((x) => `<rect x="${x}" y="52" width="112" height="118"/>`).join('');

const lattice = bays
  .map((x) => {
    const upright = Array.from({ length: 9 }, (_, i) => `M${x + 6 + i * 12.5} 52v118`).join('');
    const across = [58, 64, 104, 110, 116, 158, 164].map((y) => `M${x} ${y}h112`).join('');
    return `<path d="${upright}${across}" stroke-width="1.8"/><path d="M${x + 56} 52v118" stroke-width="5"/>`;
  })
  .join('');

const PLACE = 'transform="translate(1075 905) scale(1.04)"';

const HOUSE = `
  <defs><linearGradient id="roof" x2="0" y2="1"><stop offset="0" stop-color="#3c4a68"/><stop offset=".5" stop-color="#222c45"/>
  <stop offset="1" stop-color="#10172a"/></linearGradient>
  <linearGradient id="wall" x2="0" y2="1"><stop offset="0" stop-color="#120d10"/><stop offset="1" stop-color="#2b1f1c"/></linearGradient></defs>
  <g ${PLACE}>
  <rect x="-352" y="-10" width="704" height="200" fill="url(#wall)"/>
  <path d="M-400 190H400L424 320H-424Z" fill="#12161f"/><path d="M-400 190H400V198H-400Z" fill="#39445c"/></g>`;

const ROOF = `
  <g ${PLACE}>
  <path d="M-352 -10H352L336 34H-336Z" fill="#0a0a10" opacity=".85"/>
  <path d="M-252 -236 Q0 -206 252 -236 L262 -206 Q320 -96 446 -62 Q330 12 180 14 H-180 Q-330 12 -446 -62 Q-320 -96 -262 -206Z" fill="url(#roof)"/>
  <path d="${tiles()}" fill="none" stroke="#0b101e" stroke-width="4.6"/>
  <path d="${tiles()}" fill="none" stroke="#7f90b8" stroke-width="1.1" opacity=".42" transform="translate(-1.8 -.8)"/>
  <path d="${EAVE}" fill="none" stroke="#0b0f1b" stroke-width="9"/>
  <g fill="#2c3853">${ends()}</g>
  <path d="M-266 -246 Q0 -212 266 -246 L262 -214 Q0 -186 -262 -214Z" fill="#1a2236"/>
  <path d="M-266 -246 Q0 -212 266 -246" fill="none" stroke="#a9b6d6" stroke-width="2.4" opacity=".7"/>
  <path d="M-262 -232 Q0 -200 262 -232M-262 -222 Q0 -192 262 -222" fill="none" stroke="#0a0f1c" stroke-width="2"/>
  <path d="M-256 -222Q-318 -100 -446 -64" fill="none" stroke="#1a2236" stroke-width="13"/>
  <path d="M256 -222Q318 -100 446 -64" fill="none" stroke="#141b2c" stroke-width="13"/>
  <path d="M-258 -226Q-320 -104 -448 -68" fill="none" stroke="#a9b6d6" stroke-width="2" opacity=".6"/></g>`;

const PAPER = `
  <defs><radialGradient id="paper" gradientUnits="userSpaceOnUse" cx="-60" cy="120" r="400">
  <stop offset="0" stop-color="#ffd591"/><stop offset=".55" stop-color="#f39a45"/><stop offset="1" stop-color="#a8501f"/></radialGradient></defs>
  <g ${PLACE} fill="url(#paper)">${windows}</g>`;

const FRAMES = `<g ${PLACE} fill="none" stroke="#24130d">${lattice}
  <path d="M-326 44H326M-326 176H326" stroke-width="9"/>
  <path d="M-338 20V190M-196 30V190M-66 30V190M62 30V190M190 30V190M318 20V190" stroke="#2e1a12" stroke-width="17"/></g>`;

const groundMist = (c: Canvas): void => {
  for (let y = 1000; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const wisp = clamp(fbm(x * 0.0024, y * 0.009, 6, 520) + 0.4) * smoothstep(1030, 1190, y);
      write(c, x, y, mix(read(c, x, y), hex('#5d7196'), wisp * 0.75));
    }
};

export const drawHanok = async () => {
  const c = paint(WIDTH, HEIGHT, sky);
  hills(c);
  await stamp(c, HOUSE);
  await shine(c, PAPER, 1.25);
  await stamp(c, FRAMES);
  await stamp(c, HOUSE.slice(0, HOUSE.indexOf('<g ')) + ROOF);
  groundMist(c);
  const { wood, blossom } = branch();
  await stamp(c, `${wood}<g>${blossom}</g>`);
  return develop(bloom(c, 0.62, 34, 0.5), { grain: 0.018, vignette: 0.45 });
};
