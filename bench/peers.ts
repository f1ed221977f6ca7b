/**
 * Our function beside its peers, in one run on one machine. Each server is a process of its own with one thread
 * in libvips, asked by four connections that wait for their answers, for crops of 16 widths so that no answer
 * serves twice. Usage: npm run bench -- [--images DIR] [--seconds 8] [--only edgecrop,sharp] [--format webp]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseCount } from '../bin/commands/options';
import { readAssembly, servedBehaviors } from '../edge/assembly/assembly';
import { synthesise } from '../edge/local/synthesise';
import { CONTESTANTS, type Contestant, whyNot } from './peers/contestants';
import { installPeers } from './peers/packages';
import { ALL, type Case, type Measured, measureCase } from './peers/side-by-side';
import { mean, table } from './peers/statistics';

const PICTURE = join(__dirname, '../samples/images/skyline.jpg');

const SIZES = [
  { width: 400, height: 300 },
  { width: 1200, height: 900 },
];

/** What each picture gave, by contestant. */
type Results = ReadonlyMap<Contestant, readonly Measured[]>;

async function measurePictures(
  files: readonly string[],
  contestants: readonly Contestant[],
  bundle: string,
  asked: Case,
  seconds: number,
): Promise<Results> {
  const results = new Map<Contestant, Measured[]>();
  for (const file of files) {
    const s3 = fork(join(__dirname, 's3-stand-in.cjs'), [file]);
    try {
      const [port] = (await once(s3, 'message')) as [number];
      const sources = { bundle, file, s3: `http://127.0.0.1:${port}` };
      for (const [name, measured] of await measureCase(contestants, sources, asked, seconds)) {
        results.set(name, [...(results.get(name) ?? []), measured]);
      }
    } finally {
      s3.kill();
    }
  }
  return results;
}

const HEAD = [
  '',
  'requests/s',
  '× sharp',
  'p50 ms',
  'p99 ms',
  'CPU ms',
  '× sharp',
  'bytes',
  'SSIM',
  'peak MB',
];

function tableOf(results: Results): string {
  const rows = [...results].map(([name, all]) => {
    const column = (key: keyof Measured) => mean(all.map((measured) => measured[key]));
    const ratio = (key: keyof Measured) => {
      const floor = results.get('sharp');
      return floor
        ? mean(all.map((measured, i) => measured[key] / (floor[i]?.[key] ?? Number.NaN))).toFixed(2)
        : '–';
    };
    return [
      name,
      column('perSecond').toFixed(1),
      ratio('perSecond'),
      column('p50').toFixed(0),
      column('p99').toFixed(0),
      column('cpu').toFixed(1),
      ratio('cpu'),
      column('bytes').toFixed(0),
      column('ssim').toFixed(4),
      // Of the command it is another process's, which is gone.
      name === 'vipsthumbnail' ? '–' : column('peak').toFixed(0),
    ];
  });
  return table(HEAD, rows);
}

function chooseContestants(only: string | undefined): readonly Contestant[] {
  const named = only?.split(',') ?? ALL;
  const unknown = named.find((name) => !(name in CONTESTANTS));
  if (unknown !== undefined) throw new Error(`--only: got ${unknown}, allowed: ${ALL.join(', ')}`);
  return ALL.filter((name) => {
    const reason = named.includes(name) ? whyNot(name) : '';
    if (reason) console.log(`Without ${name}: ${reason}.\n`);
    return reason === undefined;
  });
}

async function main(): Promise<void> {
  const values = new Command('npm run bench --')
    .description('The function beside its peers.')
    .option('--images <dir>', 'a folder with photos (default: one of the samples)')
    .option('--seconds <n>', 'of each server, crop and picture', parseCount, 8)
    .option(
      '--only <names>',
      `some of ${Object.keys(CONTESTANTS).join(',')} (default: all that are installed)`,
    )
    .option('--format <names>', 'formats, with commas between', 'jpeg,webp,avif')
    .parse()
    .opts<{ images?: string; seconds: number; only?: string; format: string }>();
  const contestants = chooseContestants(values.only);
  installPeers();
  const { images } = values;
  const names =
    images === undefined ? [] : readdirSync(images).filter((name) => /\.(jpe?g|png|webp)$/i.test(name));
  const files = images === undefined ? [PICTURE] : names.map((name) => join(images, name));
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-peers-'));
  try {
    await synthesise({ output: directory });
    const bundle = join(
      servedBehaviors(readAssembly(directory))[0]?.originResponse?.assetFolder ?? '',
      'index.mjs',
    );
    console.log(`Node ${process.versions.node}, ${values.seconds} s each, ${files.length} picture(s)\n`);
    for (const name of contestants) console.log(`- ${name}: ${CONTESTANTS[name]}`);
    for (const format of values.format.split(',')) {
      for (const size of SIZES) {
        const asked = { format, ...size };
        const results = await measurePictures(files, contestants, bundle, asked, values.seconds);
        console.log(`\n### ${format}, ${size.width}×${size.height}\n\n${tableOf(results)}`);
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
