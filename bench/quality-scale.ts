/**
 * Which quality of each encoder looks like which quality of a plain JPEG: rows of
 * lambda/origin-response/plan/quality-scale.ts, by the mean SSIMULACRA2 of photos.
 *
 *     npm run bench:quality -- --images DIR/photo [--pictures 6]
 */
import { bestEncoding } from '../lambda/origin-response/plan/encoding';
import type { Encoding, EncodingRequest } from '../lambda/origin-response/plan/encoding-types';
import { PHOTO_TRAITS } from '../lambda/origin-response/plan/traits';
import { encode } from '../lambda/origin-response/render/encode';
import { loadCorpus, type Options, open, type Picture, prepare } from './corpus';
import { createLooks, type Looks } from './looks';

const SIZES = [
  [400, 300],
  [1200, 900],
] as const;

const PLAIN_QUALITIES = [30, 40, 50, 65, 75, 80, 85, 90, 95];

/** Between qualities this far apart the mean is a line. */
const GRID = 5;

type Lossy = Extract<Encoding, { readonly quality: number }>;

/** The columns of the scale. */
const COLUMNS: readonly Pick<EncodingRequest, 'format' | 'effort'>[] = [
  { format: 'jpeg', effort: 'balanced' },
  { format: 'jpeg', effort: 'fast' },
  { format: 'webp', effort: 'balanced' },
  { format: 'avif', effort: 'balanced' },
];

type Score = (bytes: (picture: Picture) => Promise<Buffer>) => Promise<readonly Looks[]>;

async function main(options: Options): Promise<void> {
  const looks = await createLooks();
  for (const [width, height] of SIZES) {
    const pictures = await loadCorpus(options, width, height);
    const score: Score = async (bytes) => {
      const scores: Looks[] = [];
      for (const picture of pictures) scores.push(await looks(picture, await bytes(picture)));
      return scores;
    };
    console.log(
      `// ${pictures.length} pictures, ${width}×${height}: plain, own qualities, SSIMULACRA2, butteraugli`,
    );
    for (const quality of PLAIN_QUALITIES) {
      const plain = await score((picture) => open(picture).jpeg({ quality }).toBuffer());
      const own: number[] = [];
      const found: string[] = [];
      for (const column of COLUMNS) {
        const of = (value: number) =>
          score((picture) => encode(open(picture), settingOf(column, value, picture)));
        const value = await search(of, mean(plain, 'ssimulacra2'));
        const scores = await of(Math.round(value));
        own.push(Math.round(value * 10) / 10);
        found.push(
          `${mean(scores, 'ssimulacra2').toFixed(1)} ${spread(scores, plain)} / ${mean(scores, 'butteraugli').toFixed(2)}`,
        );
      }
      const head = `${mean(plain, 'ssimulacra2').toFixed(1)} / ${mean(plain, 'butteraugli').toFixed(2)}`;
      console.log(`  [${[quality, ...own].join(', ')}], // ${head}; ${found.join('; ')}`);
    }
  }
}

function settingOf({ format, effort }: (typeof COLUMNS)[number], quality: number, picture: Picture): Lossy {
  const request = { format, effort, quality: 75, isPalette: false, traits: PHOTO_TRAITS };
  return { ...bestEncoding(request, picture.width * picture.height), quality } as Lossy;
}

/** The quality whose mean is the target, by halving a grid and a line between its points. */
async function search(score: (own: number) => Promise<readonly Looks[]>, target: number): Promise<number> {
  let [low, high] = [0, 100 / GRID];
  const own = (step: number) => Math.max(1, step * GRID);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (mean(await score(own(middle)), 'ssimulacra2') < target) low = middle;
    else high = middle;
  }
  const [from, to] = [
    mean(await score(own(low)), 'ssimulacra2'),
    mean(await score(own(high)), 'ssimulacra2'),
  ];
  return own(low) + Math.min(1, Math.max(0, (target - from) / (to - from))) * (own(high) - own(low));
}

function mean(scores: readonly Looks[], metric: keyof Looks): number {
  return scores.reduce((sum, looks) => sum + looks[metric], 0) / scores.length;
}

/** The furthest that a single picture is from its plain JPEG, down and up. */
function spread(scores: readonly Looks[], plain: readonly Looks[]): string {
  const differences = scores.map(({ ssimulacra2 }, i) => ssimulacra2 - (plain[i]?.ssimulacra2 ?? 0));
  return `[${Math.min(...differences).toFixed(1)}…${Math.max(...differences).toFixed(1)}]`;
}

void main(prepare());
