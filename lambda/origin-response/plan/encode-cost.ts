import type { Encoding } from './encoding-types';

/** Allows for a processor slower than the one measured: a vCPU of Lambda, or a shared one. */
export const MARGIN = 1.5;

/** Above these qualities, on their own scales, encoders take up to three times as long for noise. */
export const HIGH_QUALITY = { jpeg: 85, webp: 85, avif: 62 } as const;

/**
 * Milliseconds of one vCPU per megapixel at worst, {@link MARGIN} included. Printed by `npm run bench:cost`: the
 * slowest of noise at 2 and 17 megapixels and of photos at 1; the efforts of `small`, trellis and smart subsampling at 2 or 0.26 alone. The comment has the milliseconds measured. Smaller
 * pictures take up to half as much again per pixel, but little in all.
 */
const RATES: Readonly<Record<string, number>> = {
  'jpeg 4:2:0': 50, // 28 (noise, 4096×4096, quality 85)
  'jpeg 4:2:0 high': 60, // 38 (noise, 1448×1448, quality 100)
  'jpeg 4:2:0 trellis': 480, // 320 (noise, 1448×1448, quality 85)
  'jpeg 4:2:0 trellis high': 530, // 349 (noise, 1448×1448, quality 100)
  'jpeg 4:2:0 scans': 730, // 481 (noise, 1448×1448, quality 85)
  'jpeg 4:2:0 scans high': 1710, // 1138 (noise, 1448×1448, quality 100)
  'jpeg 4:4:4': 90, // 55 (noise, 4096×4096, quality 85)
  'jpeg 4:4:4 high': 100, // 61 (noise, 4096×4096, quality 95)
  'jpeg 4:4:4 trellis': 900, // 596 (noise, 1448×1448, quality 85)
  'jpeg 4:4:4 trellis high': 1080, // 720 (noise, 1448×1448, quality 100)
  'jpeg 4:4:4 scans': 1580, // 1049 (noise, 1448×1448, quality 85)
  'jpeg 4:4:4 scans high': 3280, // 2183 (noise, 1448×1448, quality 100)
  'webp effort 6': 980, // 647 (noise, 1448×1448, quality 85)
  'webp effort 6 high': 1110, // 737 (noise, 1448×1448, quality 100)
  'webp effort 6 smart': 1110, // 736 (noise, 1448×1448, quality 85)
  'webp effort 6 smart high': 1250, // 828 (noise, 1448×1448, quality 100)
  'webp effort 4 smart': 650, // 428 (noise, 1448×1448, quality 85)
  'webp effort 4 smart high': 650, // 432 (noise, 1448×1448, quality 100)
  'webp effort 4': 380, // 247 (noise, 1448×1448, quality 85)
  'webp effort 4 high': 430, // 281 (noise, 4096×4096, quality 100)
  'webp effort 2': 210, // 134 (noise, 4096×4096, quality 85)
  'webp effort 2 high': 300, // 194 (noise, 1448×1448, quality 100)
  'png level 6 smaller': 260, // 173 (noise, 1448×1448)
  'png level 6 adaptive': 210, // 139 (Aqua.jpg, 1200×800)
  'png level 3 adaptive': 140, // 91 (noise, 1448×1448)
  'png palette effort 4': 850, // 565 (noise, 1448×1448)
  'gif effort 4': 1170, // 776 (noise, 1448×1448)
  'gif effort 1': 570, // 377 (noise, 1448×1448)
  'avif effort 4 4:2:0': 10580, // 7050 (noise, 512×512, quality 62)
  'avif effort 4 4:2:0 high': 13450, // 8965 (noise, 512×512, quality 95)
  'avif effort 4 4:4:4': 12940, // 8625 (noise, 512×512, quality 62)
  'avif effort 4 4:4:4 high': 19970, // 13312 (noise, 512×512, quality 95)
  'avif effort 3 4:2:0': 1440, // 955 (noise, 1448×1448, quality 62)
  'avif effort 3 4:2:0 high': 3190, // 2125 (noise, 1448×1448, quality 95)
  'avif effort 2 4:2:0': 1350, // 898 (noise, 1448×1448, quality 62)
  'avif effort 2 4:2:0 high': 2090, // 1393 (noise, 1448×1448, quality 90)
  'avif effort 1 4:2:0': 720, // 478 (noise, 1448×1448, quality 62)
  'avif effort 1 4:2:0 high': 1350, // 894 (noise, 1448×1448, quality 90)
  'avif effort 0 4:2:0': 260, // 169 (noise, 4096×4096, quality 62)
  'avif effort 0 4:2:0 high': 530, // 352 (noise, 4096×4096, quality 100)
  'avif effort 3 4:4:4': 1980, // 1314 (noise, 1448×1448, quality 62)
  'avif effort 3 4:4:4 high': 4320, // 2875 (noise, 1448×1448, quality 95)
  'avif effort 2 4:4:4': 1390, // 921 (noise, 1448×1448, quality 62)
  'avif effort 2 4:4:4 high': 2280, // 1514 (noise, 1448×1448, quality 95)
  'avif effort 1 4:4:4': 1330, // 881 (noise, 1448×1448, quality 62)
  'avif effort 1 4:4:4 high': 2020, // 1346 (noise, 1448×1448, quality 95)
  'avif effort 0 4:4:4': 430, // 283 (noise, 4096×4096, quality 62)
  'avif effort 0 4:4:4 high': 820, // 545 (noise, 4096×4096, quality 95)
};

/**
 * How long an encode takes at worst, in milliseconds of one vCPU. A photo takes a fifth (JPEG) to a half (AVIF)
 * of it.
 *
 * @param pixels over all frames
 */
export function encodeMilliseconds(encoding: Encoding, pixels: number): number {
  // An encoding that was never measured fits no budget.
  const rate = RATES[settingOf(encoding)] ?? Number.POSITIVE_INFINITY;
  return (rate * pixels) / 1_000_000;
}

/** The encoding's row of the table. */
export function settingOf(encoding: Encoding): string {
  switch (encoding.format) {
    case 'jpeg': {
      const { chromaSubsampling, trellisQuantisation, optimiseScans } = encoding;
      const search = optimiseScans ? ' scans' : trellisQuantisation ? ' trellis' : '';
      return `jpeg ${chromaSubsampling}${search}${band(encoding)}`;
    }
    case 'webp': {
      const { effort, smartSubsample } = encoding;
      return `webp effort ${effort}${smartSubsample ? ' smart' : ''}${band(encoding)}`;
    }
    case 'avif':
      return `avif effort ${encoding.effort} ${encoding.chromaSubsampling}${band(encoding)}`;
    case 'png':
      return encoding.palette
        ? `png palette effort ${encoding.effort}`
        : `png level ${encoding.compressionLevel} ${encoding.filters}`;
    case 'gif':
      return `gif effort ${encoding.effort}`;
  }
}

function band({ format, quality }: Extract<Encoding, { readonly quality: number }>): string {
  return quality > HIGH_QUALITY[format] ? ' high' : '';
}
