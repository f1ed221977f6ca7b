/**
 * What does a HEIC cost beside the same photo as a JPEG? Both through the bundle as it deploys, taking turns, each in a
 * process of its own. Usage: npm run bench:heic -- --photo phone.heic [--times 9] [--out DIR]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { parseCount } from '../bin/commands/options';
import { createLibheifDecoder } from '../lambda/origin-response/heic/libheif';
import { encodeTiff } from '../lambda/origin-response/heic/tiff';
import { LIBHEIF_FOLDER } from '../test/support/heic';
import { synthesiseWithHeic } from './bundle';
import { table } from './peers/statistics';
import { runWorker } from './worker';

const SIZES = ['w=400&h=300', 'w=200&h=200', 'w=1200&h=900'];

interface Measured {
  readonly said: string;
  readonly first: number;
  readonly cpu: number;
  /** Kilobytes, after one crop and after all. */
  readonly peakOfOne: number;
  readonly peak: number;
  readonly body?: string;
}

/** The whole picture, with its profile. */
async function asJpeg(heic: Buffer): Promise<Buffer> {
  const decoder = createLibheifDecoder(LIBHEIF_FOLDER);
  const tiff = await decoder.decode(heic, 'primary', (pixels) => encodeTiff(pixels, pixels.profile));
  return sharp(tiff).keepIccProfile().jpeg({ quality: 90 }).toBuffer();
}

async function measure(bundle: string, s3: string, times: number, query: string): Promise<Measured> {
  const { printed } = await runWorker('heic-worker.mjs', [bundle, String(times), query], s3);
  return JSON.parse(printed);
}

async function main(): Promise<void> {
  const { photo, times, out } = new Command('npm run bench:heic --')
    .description('A HEIC beside the same photo as a JPEG.')
    .requiredOption('--photo <file>', "a telephone's HEIC")
    .option('--times <n>', 'crops of each size, besides the first', parseCount, 9)
    .option('--out <dir>', 'where the crops are put, to be looked at')
    .parse()
    .opts<{ photo: string; times: number; out?: string }>();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-heic-'));
  try {
    const bundle = await synthesiseWithHeic(directory);
    const heic = readFileSync(photo);
    const files = { HEIC: heic, JPEG: await asJpeg(heic) };
    const { width, height } = await sharp(files.JPEG).metadata();
    console.log(`Node ${process.versions.node}, ${width}×${height}, medians of ${times}\n`);
    const rows: string[][] = [];
    for (const size of SIZES) {
      for (const [name, bytes] of Object.entries(files)) {
        const file = join(directory, name);
        writeFileSync(file, bytes);
        const s3 = fork(join(__dirname, 's3-stand-in.cjs'), [file], { execArgv: [] });
        const [port] = (await once(s3, 'message')) as [number];
        const found = await measure(bundle, `http://127.0.0.1:${port}`, times, `t=A&${size}&format=jpeg`);
        s3.kill();
        const label = size.replace(/w=(\d+)&h=(\d+)/, '$1×$2');
        if (out !== undefined && found.body !== undefined) {
          mkdirSync(out, { recursive: true });
          writeFileSync(join(out, `${name}-${label}.jpg`), Buffer.from(found.body, 'base64'));
        }
        const megabytes = [found.peakOfOne, found.peak].map((kilobytes) => (kilobytes / 1024).toFixed());
        rows.push([
          `${name}, ${(bytes.length / 1e6).toFixed(1)} MB`,
          label,
          found.said,
          found.first.toFixed(),
          found.cpu.toFixed(),
          ...megabytes,
        ]);
      }
    }
    console.log(
      table(
        ['original', 'crop', '', 'first, ms', 'CPU, ms', 'peak after one, MB', 'peak after all, MB'],
        rows,
      ),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
