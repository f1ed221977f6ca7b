import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import sharp, { type Sharp } from 'sharp';
import { collect, parseCount } from '../bin/commands/options';
import type { Luma } from './ssim';

/** A picture in memory, so that an encoder is measured and no decoder. */
export interface Picture {
  readonly name: string;
  /** The folder that it is in: `photo`, `art`, `drawing` or `screenshot` of a corpus. */
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Buffer;
}

/** What every bench is asked on its command line. */
export interface Options {
  /** Folders with pictures. */
  readonly images: readonly string[];
  /** How many pictures of each kind; all where absent. */
  readonly pictures: number;
  /** Which part of a bench; all where absent. */
  readonly only: string | undefined;
}

/** Reads the command line, and makes sharp as it is in production: one thread, nothing remembered. */
export function prepare(): Options {
  sharp.concurrency(1);
  sharp.cache(false);
  const { images, pictures, only } = new Command('npm run bench:… --')
    .description('Measures encoders; bench/README.md says what each bench is for.')
    .option(
      '--images <dir>',
      'a folder with pictures, or a corpus; may be given several times (default: samples/images)',
      collect,
    )
    .option('--pictures <n>', 'how many of each folder (default: all)', parseCount)
    .option('--only <words>', 'the part of the bench whose rows begin so (default: all)')
    .parse()
    .opts<Partial<Options>>();
  return { images: images ?? ['samples/images'], pictures: pictures ?? Number.POSITIVE_INFINITY, only };
}

/**
 * The folders' pictures as covering crops of one size. A picture that would have to be enlarged is left
 * out: it would be softer than what the function ever encodes.
 */
export async function loadCorpus(
  options: Options,
  width: number,
  height: number,
): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for (const directory of await folders(options.images)) {
    const kind = basename(directory);
    for (const name of (await readdir(directory)).filter(isPicture).sort()) {
      const source = sharp(join(directory, name)).autoOrient();
      const { autoOrient: own } = await source.metadata();
      if (own.width < width || own.height < height) continue;
      const image = source.resize(width, height).flatten({ background: '#ffffff' }).toColourspace('srgb');
      pictures.push({ name, kind, width, height, channels: 3, pixels: await image.raw().toBuffer() });
    }
  }
  if (pictures.length === 0)
    throw new Error(`no picture of ${width}×${height} in ${options.images.join(', ')}`);
  return [...new Set(pictures.map(({ kind }) => kind))].flatMap((kind) => {
    const all = pictures.filter((picture) => picture.kind === kind);
    // Spread over the list rather than its beginning: names come in families.
    const step = Math.max(1, all.length / options.pictures);
    return all.filter((_picture, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  });
}

/** The folders themselves, and a folder for each kind where one is a corpus. */
async function folders(directories: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const directory of directories) {
    const inside = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    if (inside.length === 0) found.push(directory);
    else found.push(...inside.map(({ name }) => join(directory, name)).sort());
  }
  return found;
}

/** Random pixels: the dearest picture for every encoder. The same each time. */
export function noise(width: number, height: number): Picture {
  const pixels = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = state >>> 24;
  }
  return { name: 'noise', kind: 'noise', width, height, channels: 3, pixels };
}

/** A picture as a pipeline, to be encoded. */
export function open({ pixels, width, height, channels }: Picture): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}

/** Luma of three-channel pixels, by the weights of Rec. 601 that JPEG, WebP and AVIF use. */
export function luma(rgb: Buffer, width: number, height: number): Luma {
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const [red, green, blue] = [rgb[3 * i] ?? 0, rgb[3 * i + 1] ?? 0, rgb[3 * i + 2] ?? 0];
    pixels[i] = (77 * red + 150 * green + 29 * blue + 128) >> 8;
  }
  return { width, height, pixels };
}

/** Luma of an encoded picture. */
export async function lumaOf(encoded: Buffer): Promise<Luma> {
  const { data, info } = await sharp(encoded).removeAlpha().toColourspace('srgb').raw().toBuffer({
    resolveWithObject: true,
  });
  return luma(data, info.width, info.height);
}

export function isPicture(name: string): boolean {
  return /\.(jpe?g|png|webp|avif|tiff?)$/i.test(name);
}
