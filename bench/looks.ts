import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { Picture } from './corpus';

const run = promisify(execFile);

/** How a picture looks beside its reference. */
export interface Looks {
  /** 100 for an equal one; 70 is high quality, 90 is hard to tell apart. */
  readonly ssimulacra2: number;
  /** 3-norm, 0 for an equal one; above 1 one begins to see it. */
  readonly butteraugli: number;
}

export type Metric = keyof Looks;

/** Where scores are kept, so that a run goes on where the last one ended. */
const KEPT = join(__dirname, '../.cache/looks.jsonl');

/**
 * Compares by libjxl's `ssimulacra2` and `butteraugli_main`, which have to be on the path (Debian's
 * libjxl-devtools; `EDGECROP_LIBJXL` names another folder).
 *
 * @param metrics those that are wanted; the others are NaN
 * @throws Error where the programs are missing
 */
export async function createLooks(
  metrics: readonly Metric[] = ['ssimulacra2', 'butteraugli'],
): Promise<(reference: Picture, encoded: Buffer) => Promise<Looks>> {
  const folder = await mkdtemp(join(tmpdir(), 'edgecrop-looks-'));
  process.once('exit', () => void rm(folder, { recursive: true, force: true }));
  await mkdir(join(KEPT, '..'), { recursive: true });
  const lines = await readFile(KEPT, 'utf8').catch(() => '');
  const known = new Map<string, number>(
    lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
  const references = new Map<Picture, Promise<{ file: string; hash: string }>>();
  let count = 0;

  const referenceOf = (picture: Picture) => {
    const kept =
      references.get(picture) ?? write(picture.pixels, picture, join(folder, `r${references.size}.ppm`));
    references.set(picture, kept);
    return kept;
  };

  return async (reference, encoded) => {
    const hash = createHash('sha256').update(encoded).digest('hex').slice(0, 24);
    const original = await referenceOf(reference);
    let distorted: string | undefined;
    const score = async (metric: Metric) => {
      if (!metrics.includes(metric)) return Number.NaN;
      const key = `${metric} ${original.hash} ${hash}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      if (distorted === undefined) {
        const { data, info } = await sharp(encoded)
          .removeAlpha()
          .toColourspace('srgb')
          .raw()
          .toBuffer({ resolveWithObject: true });
        distorted = (await write(data, info, join(folder, `d${count++}.ppm`))).file;
      }
      const value = await SCORE[metric](original.file, distorted);
      known.set(key, value);
      await appendFile(KEPT, `${JSON.stringify([key, value])}\n`);
      return value;
    };
    const looks = { ssimulacra2: await score('ssimulacra2'), butteraugli: await score('butteraugli') };
    if (distorted !== undefined) await rm(distorted);
    return looks;
  };
}

const SCORE: Readonly<Record<Metric, (reference: string, distorted: string) => Promise<number>>> = {
  ssimulacra2: async (reference, distorted) => Number(await program('ssimulacra2', reference, distorted)),
  butteraugli: async (reference, distorted) =>
    Number(/3-norm: ([\d.]+)/.exec(await program('butteraugli_main', reference, distorted))?.[1]),
};

async function program(name: string, ...files: readonly string[]): Promise<string> {
  const folder = process.env.EDGECROP_LIBJXL;
  try {
    const { stdout } = await run(folder === undefined ? name : join(folder, name), files);
    return stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${name} is not on this machine: Debian has it in libjxl-devtools`);
  }
}

async function write(
  pixels: Buffer,
  size: { readonly width: number; readonly height: number },
  file: string,
) {
  const head = Buffer.from(`P6\n${size.width} ${size.height}\n255\n`);
  await writeFile(file, Buffer.concat([head, pixels]));
  return { file, hash: createHash('sha256').update(head).update(pixels).digest('hex').slice(0, 24) };
}
