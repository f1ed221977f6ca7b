/**
 * What each encoder setting costs at worst: CPU milliseconds a megapixel, the dearest of noise at two
 * sizes and of photos, with the margin. Prints the table of lambda/origin-response/plan/encode-cost.ts.
 *
 *     npm run bench:cost -- --images DIR [--pictures 3] [--only avif]
 */
import { HIGH_QUALITY, MARGIN, settingOf } from '../lambda/origin-response/plan/encode-cost';
import type { Encoding } from '../lambda/origin-response/plan/encoding-types';
import { encode } from '../lambda/origin-response/render/encode';
import { loadCorpus, noise, type Options, open, type Picture, prepare } from './corpus';
import { timed } from './cpu';

const SIDES = [1448, 4096];

/** A size that would take longer than this is left out: its rate is that of the size before. */
const PATIENCE = 8_000;

/** JPEG is dearest at 100, AVIF on noise at 95. */
const HIGH = [90, 95, 100];

async function main(options: Options): Promise<void> {
  const pictures = [...(await loadCorpus(options, 1200, 800)), ...SIDES.map((side) => noise(side, side))];
  const settings = new Map<string, Encoding[]>();
  for (const encoding of encodings()) {
    const setting = settingOf(encoding);
    settings.set(setting, [...(settings.get(setting) ?? []), encoding]);
  }
  for (const [setting, dearest] of settings) {
    if (options.only !== undefined && !setting.startsWith(options.only)) continue;
    const worst = await worstRate(dearest, pictures);
    const rate = Math.ceil((worst.rate * MARGIN) / 10) * 10;
    console.log(`  '${setting}': ${rate}, // ${worst.rate.toFixed(0)} (${worst.name})`);
  }
}

async function worstRate(encodings: readonly Encoding[], pictures: readonly Picture[]) {
  let worst = { rate: 0, name: '' };
  for (const encoding of encodings) {
    for (const picture of pictures) {
      const { name, width, height } = picture;
      const megapixels = (width * height) / 1_000_000;
      if (name === 'noise' && worst.rate * megapixels > PATIENCE) continue;
      const { milliseconds } = await timed(() => encode(open(picture), encoding));
      const rate = milliseconds / megapixels;
      const quality = 'quality' in encoding ? `, quality ${encoding.quality}` : '';
      if (rate > worst.rate) worst = { rate, name: `${name}, ${width}×${height}${quality}` };
    }
  }
  return worst;
}

/** Every setting of the ladders, at the dearest qualities of its band. */
function* encodings(): Generator<Encoding> {
  for (const chromaSubsampling of ['4:2:0', '4:4:4'] as const) {
    for (const quality of [HIGH_QUALITY.jpeg, ...HIGH]) {
      const jpeg = { format: 'jpeg', quality, chromaSubsampling, quantisationTable: 3 } as const;
      for (const [isTrellis, optimiseScans] of [
        [false, false],
        [true, false],
        [true, true],
      ] as const) {
        yield { ...jpeg, trellisQuantisation: isTrellis, overshootDeringing: isTrellis, optimiseScans };
      }
    }
    for (const effort of [4, 3, 2, 1, 0]) {
      for (const quality of [HIGH_QUALITY.avif, ...HIGH]) {
        yield { format: 'avif', quality, effort, chromaSubsampling };
      }
    }
  }
  for (const effort of [6, 4, 2]) {
    for (const smartSubsample of effort === 2 ? [false] : [false, true]) {
      for (const quality of [HIGH_QUALITY.webp, ...HIGH])
        yield { format: 'webp', quality, effort, smartSubsample };
    }
  }
  for (const filters of ['smaller', 'adaptive'] as const) {
    yield { format: 'png', palette: false, filters, compressionLevel: 6 };
  }
  yield { format: 'png', palette: false, filters: 'adaptive', compressionLevel: 3 };
  yield { format: 'png', palette: true, colours: 256, dither: 0, effort: 4 };
  for (const effort of [4, 1]) yield { format: 'gif', reuse: false, dither: 0, effort };
}

void main(prepare());
