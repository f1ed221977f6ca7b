/**
 * What the function sends where nobody says a quality, beside what others send from the same pixels, and how many bytes
 * each takes at equal looks.
 *
 *     npm run bench:defaults -- --images CORPUS [--pictures 8] [--only jpeg]
 */
import type { Sharp } from 'sharp';
import { BUILT_IN } from '../lambda/contract/resolve';
import type { Effort } from '../lambda/contract/settings';
import { bestEncoding } from '../lambda/origin-response/plan/encoding';
import type { OutputFormat } from '../lambda/origin-response/plan/encoding-types';
import { traitsOf } from '../lambda/origin-response/plan/traits';
import { encode } from '../lambda/origin-response/render/encode';
import { bdRate, type Point } from './bd-rate';
import { loadCorpus, type Options, open, type Picture, prepare } from './corpus';
import { table, timed } from './cpu';
import { createLooks } from './looks';

const SIZES = [
  [400, 300],
  [1200, 900],
] as const;

interface Contestant {
  readonly name: string;
  /** The quality that is used where nobody says one. */
  readonly quality: number;
  readonly encode: (picture: Picture, quality: number) => Promise<Buffer>;
}

/** Beside the default quality, so far from it the points of a curve are. */
const STEPS = [-35, -20, -8, 8, 15];

const ours = (format: OutputFormat, effort: Effort = 'balanced'): Contestant => ({
  name: effort === 'balanced' ? 'edgecrop' : `edgecrop, ${effort}`,
  quality: BUILT_IN.quality,
  encode: (picture, quality) => {
    const traits = traitsOf({ ...picture, data: picture.pixels }, format);
    const request = { format, quality, effort, isPalette: false, frames: 1, traits };
    return encode(open(picture), bestEncoding(request, picture.width * picture.height));
  },
});

const by = (
  name: string,
  quality: number,
  settings: (image: Sharp, quality: number) => Sharp,
): Contestant => ({
  name,
  quality,
  encode: (picture, value) => settings(open(picture), value).toBuffer(),
});

/**
 * The encoder settings of others, here with sharp: ipx 3.1.1 has sharp's own, and progressive JPEG; Next.js 16 and
 * imgproxy 4 set theirs in `image-optimizer.ts` and `IMGPROXY_*_QUALITY`, `IMGPROXY_AVIF_SPEED=8`.
 */
const CONTESTANTS: Readonly<Record<string, readonly Contestant[]>> = {
  jpeg: [
    ours('jpeg'),
    ours('jpeg', 'small'),
    by('sharp', 80, (image, quality) => image.jpeg({ quality })),
    by('ipx', 80, (image, quality) => image.jpeg({ quality, progressive: true })),
    by('Next', 75, (image, quality) => image.jpeg({ quality, mozjpeg: true })),
    by('imgproxy', 80, (image, quality) => image.jpeg({ quality })),
  ],
  webp: [
    ours('webp'),
    by('sharp, ipx', 80, (image, quality) => image.webp({ quality })),
    by('Next', 75, (image, quality) => image.webp({ quality })),
    by('imgproxy', 79, (image, quality) => image.webp({ quality })),
  ],
  avif: [
    ours('avif'),
    ours('avif', 'small'),
    by('sharp, ipx', 50, (image, quality) => image.avif({ quality })),
    by('Next', 55, (image, quality) => image.avif({ quality, effort: 3 })),
    by('imgproxy', 63, (image, quality) => image.avif({ quality, effort: 1, chromaSubsampling: '4:2:0' })),
  ],
};

interface Measured {
  readonly curve: readonly Point[];
  readonly bytes: number;
  readonly milliseconds: number;
  readonly score: number;
  readonly distance: number;
}

async function main(options: Options): Promise<void> {
  const points = await createLooks(['ssimulacra2']);
  const both = await createLooks();

  const measure = async ({ encode, quality }: Contestant, picture: Picture): Promise<Measured> => {
    const { value, milliseconds } = await timed(() => encode(picture, quality));
    const own = await both(picture, value);
    const curve = [{ score: own.ssimulacra2, bytes: value.length }];
    for (const step of STEPS) {
      const bytes = await encode(picture, quality + step);
      curve.push({ score: (await points(picture, bytes)).ssimulacra2, bytes: bytes.length });
    }
    return {
      curve,
      bytes: value.length,
      milliseconds,
      score: own.ssimulacra2,
      distance: own.butteraugli,
    };
  };

  for (const [format, contestants] of Object.entries(CONTESTANTS)) {
    if (options.only !== undefined && options.only !== format) continue;
    for (const [width, height] of SIZES) {
      const pictures = await loadCorpus(options, width, height);
      const rows: string[][] = [];
      for (const kind of new Set(pictures.map((picture) => picture.kind))) {
        const some = pictures.filter((picture) => picture.kind === kind);
        let first: readonly Measured[] | undefined;
        for (const contestant of contestants) {
          const measured: Measured[] = [];
          for (const picture of some) measured.push(await measure(contestant, picture));
          first ??= measured;
          rows.push([`${kind} (${some.length})`, contestant.name, ...figures(measured, first)]);
          console.error(format, width, ...(rows.at(-1) ?? []));
        }
      }
      console.log(`\n### ${format}, ${width}×${height}\n`);
      console.log(
        table(
          ['pictures', 'default of', 'kB', 'SSIMULACRA2', 'butteraugli', 'CPU ms', 'bytes at equal looks'],
          rows,
        ),
      );
    }
  }
}

/** Means over pictures, and the bytes at equal looks beside ours: those of a geometric mean. */
function figures(measured: readonly Measured[], ours: readonly Measured[]): readonly string[] {
  const mean = (key: 'bytes' | 'milliseconds' | 'score' | 'distance') =>
    measured.reduce((sum, one) => sum + one[key], 0) / measured.length;
  const rates = measured
    .map(({ curve }, i) => bdRate(curve, ours[i]?.curve ?? []))
    .filter((rate) => rate !== undefined);
  const rate = Math.exp(rates.reduce((sum, one) => sum + Math.log(1 + one), 0) / rates.length) - 1;
  const of = rates.length < measured.length ? ` (of ${rates.length})` : '';
  return [
    (mean('bytes') / 1000).toFixed(1),
    mean('score').toFixed(1),
    mean('distance').toFixed(2),
    mean('milliseconds').toFixed(0),
    rates.length === 0
      ? 'no equal looks'
      : `${rate < 0 ? '−' : '+'}${Math.abs(rate * 100).toFixed(1)} %${of}`,
  ];
}

void main(prepare());
