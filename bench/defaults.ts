/**
 * What the function sends where nobody says a quality, beside the defaults of others, from the same pixels.
 *
 *     npm run bench:defaults -- --images DIR [--pictures 6]
 */
import type { Sharp } from 'sharp';
import { BUILT_IN } from '../lambda/contract/resolve';
import { bestEncoding } from '../lambda/origin-response/plan/encoding';
import type { OutputFormat } from '../lambda/origin-response/plan/encoding-types';
import { traitsOf } from '../lambda/origin-response/plan/traits';
import { encode } from '../lambda/origin-response/render/encode';
import { loadCorpus, type Options, open, type Picture, prepare } from './corpus';
import { table } from './cpu';
import { createLooks } from './looks';

const SIZE = { width: 400, height: 300 };

type Encode = (picture: Picture) => Promise<Buffer>;

const ours =
  (format: OutputFormat): Encode =>
  (picture) => {
    const traits = traitsOf({ ...picture, data: picture.pixels }, format);
    const request = {
      format,
      quality: BUILT_IN.quality,
      effort: 'balanced',
      isPalette: false,
      traits,
    } as const;
    return encode(open(picture), bestEncoding(request, picture.width * picture.height));
  };

const by =
  (settings: (image: Sharp) => Sharp): Encode =>
  (picture) =>
    settings(open(picture)).toBuffer();

/** sharp's defaults are ipx's too, but for a progressive JPEG. */
const CONTESTANTS: Readonly<Record<string, Readonly<Record<string, Encode>>>> = {
  jpeg: {
    edgecrop: ours('jpeg'),
    'sharp, quality 80': by((image) => image.jpeg()),
    'mozjpeg, quality 75': by((image) => image.jpeg({ mozjpeg: true, quality: 75 })),
  },
  webp: {
    edgecrop: ours('webp'),
    'sharp, quality 80': by((image) => image.webp()),
    'sharp, quality 75': by((image) => image.webp({ quality: 75 })),
  },
  avif: {
    edgecrop: ours('avif'),
    'sharp, quality 50, effort 4': by((image) => image.avif()),
    'quality 63, effort 1': by((image) => image.avif({ quality: 63, effort: 1, chromaSubsampling: '4:2:0' })),
  },
};

async function main(options: Options): Promise<void> {
  const looks = await createLooks();
  const pictures = await loadCorpus(options, SIZE.width, SIZE.height);
  const rows: string[][] = [];
  for (const [format, contestants] of Object.entries(CONTESTANTS)) {
    for (const kind of new Set(pictures.map((picture) => picture.kind))) {
      const some = pictures.filter((picture) => picture.kind === kind);
      for (const [name, encoded] of Object.entries(contestants)) {
        const measured = await Promise.all(
          some.map(async (picture) => {
            const bytes = await encoded(picture);
            return { bytes: bytes.length, ...(await looks(picture, bytes)) };
          }),
        );
        const mean = (key: 'bytes' | 'ssimulacra2' | 'butteraugli') =>
          measured.reduce((sum, one) => sum + one[key], 0) / some.length;
        rows.push([
          format,
          `${kind} (${some.length})`,
          name,
          (mean('bytes') / 1000).toFixed(1),
          mean('ssimulacra2').toFixed(1),
          mean('butteraugli').toFixed(2),
        ]);
        console.error(rows.at(-1)?.join(' '));
      }
    }
  }
  console.log(table(['format', 'pictures', 'settings', 'kB', 'SSIMULACRA2', 'butteraugli'], rows));
}

void main(prepare());
