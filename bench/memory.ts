/**
 * How much memory does a crop of the largest accepted sources take? Each in a process of its own, through the
 * bundle as it deploys. The pictures are drawn on first use, which takes minutes.
 * Usage: npm run bench:memory -- [--only '^PNG'] [--bundle index.mjs]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { synthesiseWithHeic } from './bundle';
import { PICTURES, picture } from './memory-pictures';
import { table } from './peers/statistics';
import { runWorker } from './worker';

/** What a thumbnail of the commonest large photos may take. */
const THUMBNAIL_LIMIT = 400;

/** Of the function's memory: the rest is for what Lambda itself runs beside it. */
const LIMIT = 0.7 * 1769;

const THUMBNAIL = 'w=400&h=300';
const LARGEST = 'w=4096&h=4096';

/** Of the sources that are dear in themselves, and of the encoders that are. */
const CROPS: readonly string[] = [
  ...[THUMBNAIL, `${THUMBNAIL}&position=attention`].map((size) => `${size}&format=jpeg`),
  ...['jpeg', 'png', 'webp', 'avif'].map((format) => `${LARGEST}&format=${format}`),
];

interface Rendered {
  readonly said: string;
  readonly milliseconds: number;
  /** Kilobytes. */
  readonly peak: number;
}

async function render(bundle: string, s3: string, query: string): Promise<Rendered> {
  const { printed, signal } = await runWorker('memory-worker.mjs', [bundle, query], s3);
  return printed ? JSON.parse(printed) : { said: `ended: ${signal}`, milliseconds: 0, peak: 0 };
}

function isThumbnailOfPhoto(name: string, crop: string): boolean {
  return crop === CROPS[0] && /^JPEG (baseline|progressive|4:4:4|progressive 4:4:4)$/.test(name);
}

async function measure(name: string, bundle: string): Promise<string[][]> {
  const file = await picture(name);
  const s3 = fork(join(__dirname, 's3-stand-in.cjs'), [file], { execArgv: [] });
  const rows: string[][] = [];
  try {
    const [port] = (await once(s3, 'message')) as [number];
    for (const crop of CROPS) {
      const { said, milliseconds, peak } = await render(bundle, `http://127.0.0.1:${port}`, `t=A&${crop}`);
      const megabytes = peak / 1024;
      const limit = isThumbnailOfPhoto(name, crop) ? THUMBNAIL_LIMIT : LIMIT;
      const verdict = megabytes <= limit ? '' : `over ${limit.toFixed(0)}`;
      const source = `${name}, ${(statSync(file).size / 1e6).toFixed(0)} MB`;
      const words = crop.replace(/w=(\d+)&h=(\d+)/, '$1×$2').replaceAll(/&\w+=/g, ' ');
      rows.push([source, words, said, (milliseconds / 1000).toFixed(1), megabytes.toFixed(0), verdict]);
    }
  } finally {
    s3.kill();
  }
  return rows;
}

async function main(): Promise<void> {
  const values = new Command('npm run bench:memory --')
    .description('Peak memory of the function for sources of 50 million pixels.')
    .option('--only <regexp>', 'the sources whose names match', '')
    .option('--bundle <file>', 'index.mjs of an assembly, in place of synthesising one')
    .parse()
    .opts<{ only: string; bundle?: string }>();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-memory-'));
  try {
    const bundle = values.bundle ?? (await synthesiseWithHeic(directory));
    const rows: string[][] = [];
    for (const name of PICTURES.filter((name) => new RegExp(values.only).test(name))) {
      console.error(name);
      rows.push(...(await measure(name, bundle)));
    }
    console.log(`Node ${process.versions.node}, sources of 50 million pixels\n`);
    console.log(table(['source', 'crop', 'outcome', 's', 'peak MB', ''], rows));
    console.log(`\n${rows.filter((row) => row.at(-1)).length} of ${rows.length} over their limit`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
