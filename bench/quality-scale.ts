/**
 * Finds the WebP and AVIF qualities that look like each JPEG quality, with the settings of production, and
 * prints them as the table of lambda/origin-response/plan/quality-scale.ts.
 *
 *     npm run bench:quality -- --images DIR [--pictures 6]
 */

import { bestEncoding } from '../lambda/origin-response/plan/encoding';
import type { Encoding } from '../lambda/origin-response/plan/encoding-types';
import { encode } from '../lambda/origin-response/render/render';
import { loadCorpus, luma, lumaOf, type Options, open, type Picture, prepare } from './corpus';
import { compareWith } from './ssim';

const SIZES = [
  [400, 300],
  [1000, 667],
] as const;

const JPEG_QUALITIES = [
  1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 89, 90, 95, 100,
];

/** Between qualities this far apart SSIM is a line; nearer ones differ by less than a step of AV1's quantiser. */
const GRID = 4;

interface Sample {
  readonly picture: Picture;
  readonly compare: ReturnType<typeof compareWith>;
}

/** SSIM of every picture at one quality. */
type Scores = readonly number[];
type Lossy = Extract<Encoding, { readonly quality: number }>;

async function main(options: Options): Promise<void> {
  const samples: Sample[] = [];
  for (const [width, height] of SIZES) {
    for (const picture of await loadCorpus(options, width, height)) {
      samples.push({ picture, compare: compareWith(luma(picture.pixels, width, height)) });
    }
  }
  const score = createScore(samples);
  console.log(`// ${samples.length} pictures, ${SIZES.map((size) => size.join('×')).join(' and ')}`);
  let last = { webp: 1, avif: 1 };
  for (const quality of JPEG_QUALITIES) {
    const jpeg = await score('jpeg', quality, quality);
    const found = {
      webp: Math.max(last.webp, await search((own) => score('webp', quality, own), mean(jpeg))),
      avif: Math.max(last.avif, await search((own) => score('avif', quality, own), mean(jpeg))),
    };
    const webp = await score('webp', quality, Math.round(found.webp));
    const avif = await score('avif', quality, Math.round(found.avif));
    const means = [jpeg, webp, avif].map((scores) => mean(scores).toFixed(4)).join(' ');
    const furthest = `worst ${worst(webp, jpeg)} ${worst(avif, jpeg)}`;
    console.log(`  [${quality}, ${round(found.webp)}, ${round(found.avif)}], // ${means}, ${furthest}`);
    last = found;
  }
}

/** Scores are kept: searches for neighbouring JPEG qualities ask for the same ones. */
function createScore(samples: readonly Sample[]) {
  const known = new Map<string, Promise<Scores>>();
  return (format: Lossy['format'], jpegQuality: number, own: number): Promise<Scores> => {
    const setting = {
      ...bestEncoding({ format, quality: jpegQuality, isPalette: false }),
      quality: own,
    } as Lossy;
    const key = JSON.stringify(setting);
    const scores = known.get(key) ?? compareAll(samples, setting);
    known.set(key, scores);
    return scores;
  };
}

async function compareAll(samples: readonly Sample[], setting: Lossy): Promise<Scores> {
  const scores: number[] = [];
  for (const { picture, compare } of samples) {
    const encoded = await encode(open(picture), setting);
    scores.push(compare(await lumaOf(encoded)));
  }
  return scores;
}

/** The quality whose mean score is the target, by halving a grid and a line between its points. */
async function search(score: (own: number) => Promise<Scores>, target: number): Promise<number> {
  let [low, high] = [0, 100 / GRID];
  const own = (step: number) => Math.max(1, step * GRID);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (mean(await score(own(middle))) < target) low = middle;
    else high = middle;
  }
  const [from, to] = [mean(await score(own(low))), mean(await score(own(high)))];
  const part = Math.min(1, Math.max(0, (target - from) / (to - from)));
  return own(low) + part * (own(high) - own(low));
}

function mean(scores: Scores): number {
  return scores.reduce((a, b) => a + b) / scores.length;
}

/** The largest difference that a single picture shows, with its sign. */
function worst(scores: Scores, reference: Scores): string {
  const differences = scores.map((score, i) => score - (reference[i] ?? 0));
  const largest = differences.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return `${largest < 0 ? '' : '+'}${largest.toFixed(3)}`;
}

function round(quality: number): number {
  return Math.round(quality * 10) / 10;
}

void main(prepare());
