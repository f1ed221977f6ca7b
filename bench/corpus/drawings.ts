/** Drawings with text, and saturated art, as SVG. Each is a picture that photos do not stand for. */

export const WIDTH = 2400;
export const HEIGHT = 1800;

const SANS = 'font-family="sans-serif"';

type Draw = () => string;

/** Flat colours with lettering, as charts, banners, icons, maps and comics have them. */
export const DRAWINGS: Readonly<Record<string, Draw>> = {
  poster: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#e30613') +
        text(120, 420, 340, '#0a2fd6', 'SALE', `${SANS} font-weight="bold"`) +
        text(120, 620, 120, '#ffe600', 'everything must go') +
        lines(120, 800, 34, '#0b3d91', 24) +
        rectangle(1400, 760, 880, 880, '#00a651') +
        text(1480, 1260, 300, '#ff00c8', '−50%', `${SANS} font-weight="bold"`),
    ),
  bars: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#ffffff') +
        times(24, (i) => {
          const height = 200 + ((i * 397) % 1100);
          const fill = `hsl(${(i * 51) % 360},85%,${i % 2 === 0 ? 42 : 58}%)`;
          return (
            rectangle(140 + i * 92, 1600 - height, 66, height, fill) +
            text(140 + i * 92, 1580 - height, 28, '#222', `${height}`) +
            text(140 + i * 92, 1650, 28, '#c00', `Q${(i % 4) + 1}`)
          );
        }) +
        times(8, (i) => rectangle(120, 1600 - i * 180, 2200, 2, '#ccd')),
    ),
  icons: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#12121c') +
        times(88, (i) => {
          const [x, y] = [130 + (i % 11) * 200, 150 + Math.floor(i / 11) * 200];
          const fill = `hsl(${(i * 37) % 360},90%,55%)`;
          const other = `hsl(${(i * 37 + 180) % 360},90%,50%)`;
          return (
            `<circle cx="${x}" cy="${y}" r="${50 + (i % 4) * 9}" fill="${fill}"/>` +
            `<path d="M${x - 40} ${y + 30} L${x} ${y - 45} L${x + 40} ${y + 30} Z" fill="none" stroke="${other}" stroke-width="${4 + (i % 5) * 3}"/>` +
            text(x - 50, y + 92, 24, '#9ad', `icon ${i}`)
          );
        }),
    ),
  logo: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#fafafa') +
        `<path d="M500 900 A400 400 0 0 1 1300 900 L1100 900 A200 200 0 0 0 700 900 Z" fill="#d6001c"/>` +
        `<path d="M500 940 A400 400 0 0 0 1300 940 L1100 940 A200 200 0 0 1 700 940 Z" fill="#0033a0"/>` +
        text(1360, 1010, 300, '#111', 'arcus', `${SANS} font-weight="bold"`) +
        text(1366, 1110, 64, '#d6001c', 'instruments · since 1987'),
    ),
  map: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#eef3e2') +
        `<path d="M0 1200 C600 900 900 1500 1500 1100 S2200 900 2400 700 L2400 1800 L0 1800 Z" fill="#9fd3f5"/>` +
        times(46, (i) => {
          const [x, y] = [(i * 733) % WIDTH, (i * 419) % HEIGHT];
          const stroke = ['#f6a400', '#ffffff', '#e4002b', '#b7b7b7'][i % 4];
          return `<path d="M${x} 0 Q${y} ${x / 2} ${WIDTH - x} ${HEIGHT}" stroke="${stroke}" stroke-width="${4 + (i % 4) * 5}" fill="none"/>`;
        }) +
        times(70, (i) =>
          text(
            (i * 641) % 2200,
            60 + ((i * 353) % 1700),
            26 + (i % 3) * 8,
            i % 3 ? '#234' : '#a0104a',
            `Street ${i}`,
          ),
        ),
    ),
  banner: () =>
    svg(
      `<defs><linearGradient id="g" x2="1" y2="1"><stop offset="0" stop-color="#7a00ff"/><stop offset="0.5" stop-color="#ff0080"/><stop offset="1" stop-color="#ff8c00"/></linearGradient></defs>` +
        rectangle(0, 0, WIDTH, HEIGHT, 'url(#g)') +
        text(160, 800, 260, '#ffffff', 'Summer nights', `${SANS} font-weight="bold"`) +
        text(166, 960, 90, '#00fff0', 'live on the river · 21 June') +
        lines(166, 1100, 40, '#ffef5a', 12),
    ),
  terminal: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#000000') +
        times(44, (i) =>
          text(
            60,
            70 + i * 39,
            30,
            ['#00ff41', '#ff2d55', '#32d7ff', '#ffd60a', '#bf5af2'][i % 5] ?? '',
            sentence(i),
            'font-family="monospace"',
          ),
        ),
    ),
  comic: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#ffd400') +
        times(
          26,
          (i) =>
            `<path d="M1200 900 L${1200 + 2000 * Math.cos(i * 0.2417)} ${900 + 2000 * Math.sin(i * 0.2417)} L${1200 + 2000 * Math.cos(i * 0.2417 + 0.12)} ${900 + 2000 * Math.sin(i * 0.2417 + 0.12)} Z" fill="#ff3b1f"/>`,
        ) +
        `<ellipse cx="1200" cy="820" rx="820" ry="430" fill="#ffffff" stroke="#000" stroke-width="22"/>` +
        text(
          640,
          930,
          330,
          '#0047ff',
          'WHAM!',
          `${SANS} font-weight="bold" stroke="#000" stroke-width="10"`,
        ) +
        rectangle(120, 1380, 1000, 320, '#ffffff') +
        lines(160, 1450, 38, '#d0006f', 6),
    ),
};

/** Strong colours without lettering: soft, striped, cloudy and cut. */
export const ART: Readonly<Record<string, Draw>> = {
  blobs: () =>
    svg(
      `<defs><filter id="b"><feGaussianBlur stdDeviation="60"/></filter></defs>${rectangle(0, 0, WIDTH, HEIGHT, '#2200aa')}<g filter="url(#b)">${times(
        40,
        (i) =>
          `<circle cx="${(i * 631) % WIDTH}" cy="${(i * 467) % HEIGHT}" r="${90 + (i % 5) * 60}" fill="hsl(${(i * 67) % 360},100%,50%)"/>`,
      )}</g>`,
    ),
  zigzag: () =>
    svg(
      times(60, (i) => {
        const points = Array.from({ length: 26 }, (_, k) => `${k * 100},${i * 34 + (k % 2) * 60 - 40}`);
        return `<polyline points="${points.join(' ')}" fill="none" stroke="${['#ff0000', '#0000ff', '#00c000', '#ff00ff'][i % 4]}" stroke-width="26"/>`;
      }),
    ),
  clouds: () =>
    svg(
      `<defs><filter id="t" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="0.004" numOctaves="6" seed="7"/><feColorMatrix values="2.4 0 0 0 -0.6 0 2.4 0 0 -0.8 0 0 2.4 0 -0.4 0 0 0 0 1"/></filter></defs><rect width="${WIDTH}" height="${HEIGHT}" filter="url(#t)"/>`,
    ),
  petals: () =>
    svg(
      rectangle(0, 0, WIDTH, HEIGHT, '#00133d') +
        times(150, (i) => {
          const [x, y] = [(i * 733) % WIDTH, (i * 389) % HEIGHT];
          return `<ellipse cx="${x}" cy="${y}" rx="${40 + (i % 7) * 22}" ry="${18 + (i % 5) * 9}" transform="rotate(${i * 29} ${x} ${y})" fill="hsl(${(i * 13) % 360},100%,${45 + (i % 3) * 8}%)" fill-opacity="0.85"/>`;
        }),
    ),
};

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${content}</svg>`;
}

function rectangle(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

function text(x: number, y: number, size: number, fill: string, words: string, more = SANS): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" ${more}>${words}</text>`;
}

/** Small print. */
function lines(x: number, y: number, size: number, fill: string, count: number): string {
  return times(count, (i) => text(x, y + i * size * 1.25, size, fill, sentence(i)));
}

function sentence(i: number): string {
  const words = 'render at the edge once and keep every byte that the viewer needs, no more, no less'.split(
    ' ',
  );
  return times(9, (k) => `${words[(i * 5 + k * 3) % words.length]} `).trim();
}

function times(count: number, draw: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => draw(i)).join('');
}
