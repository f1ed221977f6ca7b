/**
 * What each encoder setting costs: CPU time and bytes at equal SSIM. `bestEncoding` follows its tables.
 *
 *     npm run bench:encoders -- --images DIR [--pictures 6] [--only avif]
 */
import type { Sharp } from 'sharp';
import { loadCorpus, luma, lumaOf, type Options, open, type Picture, prepare } from './corpus';
import { table, timed } from './cpu';
import { compareWith } from './ssim';

interface Candidate {
  readonly name: string;
  /** Near the quality that looks like the reference, where the search begins. */
  readonly start: number;
  readonly encode: (image: Sharp, quality: number) => Sharp;
}

interface Measured {
  readonly ssim: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

const SIZES = [
  [400, 300],
  [1200, 800],
  [1920, 1080],
] as const;

/** The looks that every candidate has to reach: those of the default quality. */
const REFERENCE: Candidate = {
  name: 'progressive',
  start: 80,
  encode: (image, quality) => image.jpeg({ quality, progressive: true }),
};

const JPEG: readonly Candidate[] = [
  REFERENCE,
  { name: 'plain', start: 82, encode: (image, quality) => image.jpeg({ quality }) },
  {
    name: 'optimised scans',
    start: 82,
    encode: (image, quality) => image.jpeg({ quality, optimiseScans: true }),
  },
  { name: 'mozjpeg', start: 80, encode: (image, quality) => image.jpeg({ quality, mozjpeg: true }) },
  {
    name: 'table 3, progressive',
    start: 80,
    encode: (image, quality) => image.jpeg({ quality, progressive: true, quantisationTable: 3 }),
  },
  {
    name: 'table 3, trellis, baseline',
    start: 80,
    encode: (image, quality) =>
      image.jpeg({ quality, quantisationTable: 3, trellisQuantisation: true, overshootDeringing: true }),
  },
  {
    name: 'table 3, trellis, progressive',
    start: 80,
    encode: (image, quality) =>
      image.jpeg({
        quality,
        progressive: true,
        quantisationTable: 3,
        trellisQuantisation: true,
        overshootDeringing: true,
      }),
  },
  {
    name: 'progressive 4:4:4',
    start: 80,
    encode: (image, quality) => image.jpeg({ quality, progressive: true, chromaSubsampling: '4:4:4' }),
  },
];

const WEBP: readonly Candidate[] = [
  ...[0, 1, 2, 3, 4, 5, 6].map((effort) => ({
    name: `effort ${effort}`,
    start: 82,
    encode: (image: Sharp, quality: number) => image.webp({ quality, effort }),
  })),
  ...[2, 4].map((effort) => ({
    name: `effort ${effort}, smart subsampling`,
    start: 82,
    encode: (image: Sharp, quality: number) => image.webp({ quality, effort, smartSubsample: true }),
  })),
];

const AVIF: readonly Candidate[] = (['4:2:0', '4:4:4'] as const).flatMap((chromaSubsampling) =>
  [0, 1, 2, 3, 4].map((effort) => ({
    name: `effort ${effort}, ${chromaSubsampling}`,
    start: 58,
    encode: (image: Sharp, quality: number) => image.avif({ quality, effort, chromaSubsampling }),
  })),
);

const GROUPS = { jpeg: JPEG, webp: WEBP, avif: AVIF };

async function main(options: Options): Promise<void> {
  for (const [width, height] of SIZES) {
    const corpus = await loadCorpus(options, width, height);
    const pictures = corpus.map((picture) => ({
      picture,
      compare: compareWith(luma(picture.pixels, width, height)),
    }));
    const reference = await measure(REFERENCE, REFERENCE.start, pictures);
    for (const [group, candidates] of Object.entries(GROUPS)) {
      if (options.only !== undefined && options.only !== group) continue;
      const rows: string[][] = [];
      for (const candidate of candidates) {
        const found = await atSsim(candidate, reference.ssim, pictures);
        rows.push([
          candidate.name,
          found.quality.toFixed(1),
          (found.milliseconds / pictures.length).toFixed(1),
          (found.bytes / pictures.length / 1000).toFixed(2),
          `${((found.bytes / reference.bytes) * 100).toFixed(1)} %`,
        ]);
      }
      console.log(
        `\n### ${group}, ${width}×${height}, ${pictures.length} photos, SSIM ${reference.ssim.toFixed(4)}\n`,
      );
      console.log(table(['setting', 'quality', 'CPU ms', 'kB', 'of progressive q80'], rows));
    }
  }
}

interface Compared {
  readonly picture: Picture;
  readonly compare: ReturnType<typeof compareWith>;
}

async function measure(
  candidate: Candidate,
  quality: number,
  pictures: readonly Compared[],
): Promise<Measured> {
  let [ssim, bytes, milliseconds] = [0, 0, 0];
  for (const { picture, compare } of pictures) {
    const encoded = await timed(() => candidate.encode(open(picture), quality).toBuffer());
    ssim += compare(await lumaOf(encoded.value)) / pictures.length;
    bytes += encoded.value.length;
    milliseconds += encoded.milliseconds;
  }
  return { ssim, bytes, milliseconds };
}

/** Steps until two qualities enclose the target, and draws a line between: bytes grow with the exponent of SSIM. */
async function atSsim(candidate: Candidate, target: number, pictures: readonly Compared[]) {
  let quality = candidate.start;
  let near = await measure(candidate, quality, pictures);
  const step = near.ssim < target ? 4 : -4;
  let far = await measure(candidate, quality + step, pictures);
  while (far.ssim < target === step > 0 && quality + 2 * step > 0 && quality + 2 * step <= 100) {
    quality += step;
    near = far;
    far = await measure(candidate, quality + step, pictures);
  }
  const part = (target - near.ssim) / (far.ssim - near.ssim);
  return {
    quality: quality + part * step,
    bytes: near.bytes * (far.bytes / near.bytes) ** part,
    milliseconds: near.milliseconds + part * (far.milliseconds - near.milliseconds),
  };
}

void main(prepare());
