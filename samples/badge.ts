import sharp from 'sharp';
import { fbm } from './noise';

const SIZE = 1100;
const C = 600;
const R = 430;

/** A range of mountains as a filled path; crests come from the same noise as in the pictures. */
const range = (base: number, rise: number, step: number, seed: number): string => {
  const points: string[] = [];
  for (let x = 140; x <= 1060; x += 5) {
    const crest = Math.abs(fbm(x * step, seed, 3, seed));
    points.push(`${x} ${(base - rise * (0.75 - crest)).toFixed(1)}`);
  }
  return `M140 1100L${points.join('L')}L1060 1100Z`;
};

/** One big off-centre peak with a lit and a shaded side. */
const PEAK = 'M352 792L470 622L520 566L572 486L628 400L668 452L700 480L760 566L822 622L930 792Z';
const SHADED = 'M352 792L470 622L520 566L572 486L628 400L612 476L640 530L596 606L624 668L566 720L590 792Z';
const SNOW =
  'M628 400L572 486L536 540L566 528L582 556L606 520L622 566L652 532L676 572L694 540L730 560L748 548L700 480L668 452Z';
const SNOW_LIT = 'M628 400L612 476L640 530L634 552L652 532L676 572L694 540L730 560L748 548L700 480L668 452Z';

const ticks = Array.from({ length: 72 }, (_, i) => {
  const long = i % 6 === 0;
  return `<path d="M600 ${long ? 134 : 140}v${long ? 22 : 12}" stroke-width="${long ? 5 : 3}" transform="rotate(${i * 5} 600 600)"/>`;
}).join('');

const STARS = [
  [352, 420, 5],
  [392, 330, 3],
  [540, 268, 6],
  [470, 500, 3],
  [300, 540, 3.5],
  [690, 240, 4],
  [618, 320, 3],
  [820, 300, 3.5],
  [392, 612, 2.5],
  [760, 372, 2.5],
] as const;

const stars = STARS.map(
  ([x, y, r]) =>
    `<path transform="translate(${x} ${y}) scale(${r / 3})" d="M0 -9Q1 -1 9 0Q1 1 0 9Q-1 1 -9 0Q-1 -1 0 -9Z"/>`,
).join('');

/** The frame of a crop tool: this is what the project does to pictures. */
const corner = (x: number, y: number, dx: number, dy: number): string =>
  `M${x} ${y + 74 * dy}V${y}H${x + 74 * dx}`;
const FRAME = `${corner(420, 336, 1, 1)}${corner(880, 336, -1, 1)}${corner(420, 700, 1, -1)}${corner(880, 700, -1, -1)}`;

const stop = (at: number, colour: string, opacity = 1): string =>
  `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`;

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 1200 1200"><defs>
  <linearGradient id="gold" x1=".15" y1="0" x2=".85" y2="1">${stop(0, '#fff3cf')}${stop(0.22, '#e7b765')}${stop(0.45, '#8f5a22')}${stop(0.62, '#f3cf87')}${stop(0.82, '#a56a2b')}${stop(1, '#5d3413')}</linearGradient>
  <linearGradient id="gold2" x1=".85" y1="1" x2=".15" y2="0">${stop(0, '#ffe9b8')}${stop(0.4, '#b67c36')}${stop(1, '#6a3d17')}</linearGradient>
  <linearGradient id="navy" x2=".6" y2="1">${stop(0, '#2c3f7c')}${stop(0.5, '#161f4a')}${stop(1, '#0b1030')}</linearGradient>
  <linearGradient id="sky" x2="0" y2="1">${stop(0, '#1b2560')}${stop(0.34, '#51418f')}${stop(0.56, '#c0588a')}${stop(0.72, '#ff9a6a')}${stop(1, '#ffd28a')}</linearGradient>
  <linearGradient id="far" x2="0" y2="1">${stop(0, '#8d5a9c')}${stop(1, '#e98f86')}</linearGradient>
  <linearGradient id="dark" x2="0" y2="1">${stop(0, '#2a2a66')}${stop(1, '#5a3c7c')}</linearGradient>
  <linearGradient id="lit" x2="0" y2="1">${stop(0, '#c9799f')}${stop(1, '#f0a08a')}</linearGradient>
  <linearGradient id="near" x2="0" y2="1">${stop(0, '#232259')}${stop(1, '#12133a')}</linearGradient>
  <linearGradient id="lake" x2="0" y2="1">${stop(0, '#ffb581')}${stop(0.4, '#b45b93')}${stop(1, '#2b2768')}</linearGradient>
  <radialGradient id="sun">${stop(0, '#fffbe6')}${stop(0.5, '#fff0bd')}${stop(1, '#ffc872')}</radialGradient>
  <radialGradient id="halo">${stop(0, '#fff0c0', 0.95)}${stop(0.3, '#ffc98a', 0.5)}${stop(1, '#ff9a7a', 0)}</radialGradient>
  <radialGradient id="gloss">${stop(0, '#ffffff', 0.3)}${stop(1, '#ffffff', 0)}</radialGradient>
  <filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="30"/></filter>
  <filter id="close" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="9"/></filter>
  <filter id="thin" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="5"/></filter>
  <clipPath id="disc"><circle cx="${C}" cy="${C}" r="${R - 26}"/></clipPath></defs>
  <circle cx="${C}" cy="${C + 52}" r="${R + 40}" fill="#0a0c24" opacity=".42" filter="url(#soft)"/>
  <circle cx="${C}" cy="${C + 14}" r="${R + 64}" fill="#0a0c24" opacity=".45" filter="url(#close)"/>
  <circle cx="${C}" cy="${C}" r="${R + 66}" fill="url(#gold)"/><circle cx="${C}" cy="${C}" r="${R + 54}" fill="url(#gold2)"/>
  <circle cx="${C}" cy="${C}" r="${R + 48}" fill="url(#navy)"/><g stroke="#e8bf74">${ticks}</g>
  <circle cx="${C}" cy="${C}" r="${R - 4}" fill="url(#gold)"/><circle cx="${C}" cy="${C}" r="${R - 18}" fill="url(#gold2)"/>
  <g clip-path="url(#disc)"><rect x="150" y="150" width="900" height="900" fill="url(#sky)"/>
  <g fill="#fff4da" opacity=".9">${stars}</g>
  <circle cx="790" cy="560" r="300" fill="url(#halo)"/><circle cx="790" cy="560" r="74" fill="url(#sun)"/>
  <path d="${range(800, 210, 0.006, 5)}" fill="url(#far)" opacity=".8"/>
  <path d="${PEAK}" fill="url(#lit)"/><path d="${SHADED}" fill="url(#dark)"/>
  <path d="${SNOW}" fill="#a99bd8"/><path d="${SNOW_LIT}" fill="#fff1e2"/>
  <path d="${range(838, 120, 0.0062, 21)}" fill="url(#near)"/>
  <rect x="150" y="806" width="900" height="260" fill="url(#lake)"/>
  <path d="M390 806H880L640 1010Z" fill="#2b2360" opacity=".28" filter="url(#close)"/>
  <g fill="#fff1cd" opacity=".8"><rect x="724" y="818" width="132" height="5" rx="2.5"/><rect x="744" y="838" width="104" height="5" rx="2.5"/>
  <rect x="716" y="862" width="120" height="5" rx="2.5"/><rect x="756" y="888" width="80" height="5" rx="2.5"/><rect x="736" y="918" width="66" height="5" rx="2.5"/></g>
  <g fill="#1a1a4c" opacity=".45"><rect x="330" y="822" width="300" height="6" rx="3"/><rect x="400" y="846" width="230" height="6" rx="3"/><rect x="360" y="874" width="180" height="6" rx="3"/></g>
  <circle cx="${C}" cy="${C}" r="${R - 22}" fill="none" stroke="#070a26" stroke-width="30" opacity=".5" filter="url(#close)"/>
  <ellipse cx="600" cy="180" rx="520" ry="330" fill="url(#gloss)"/></g>
  <g fill="none" stroke-width="15" stroke-linejoin="round" stroke-linecap="round">
  <path d="${FRAME}" stroke="#0a0c2c" opacity=".55" filter="url(#thin)" transform="translate(0 6)"/><path d="${FRAME}" stroke="#fffdf6"/></g></svg>`;

export const drawBadge = async () => sharp(Buffer.from(SVG));
