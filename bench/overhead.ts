/**
 * What does the function cost beyond drawing? CPU time of a crop through the function's handler, which reads the
 * original from S3 in another process, beside bare sharp with the same encoder settings and the original in
 * memory: in pairs, one request at a time as Lambda gives them.
 * Usage: npm run bench:overhead -- [--image FILE] [--pairs 21] [--bundle index.mjs] [--before index.mjs]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseCount } from '../bin/commands/options';
import { readAssembly, servedBehaviors } from '../edge/assembly/assembly';
import { synthesise } from '../edge/local/synthesise';
import { median, table } from './peers/statistics';

const PICTURE = join(__dirname, '../samples/images/skyline.jpg');

const FORMATS = ['jpeg', 'webp', 'avif'];
const SIZES = [
  { width: 400, height: 300 },
  { width: 1200, height: 900 },
];

/** Of one turn: long enough for the clock of the CPU, short enough for the machine to stay the same. */
const TURN_MILLISECONDS = 300;

interface Drawn {
  readonly bytes: number;
  readonly encoding: Readonly<Record<string, unknown>>;
  readonly milliseconds: number;
}

async function draw(worker: ChildProcess, crop: object, times: number): Promise<Drawn> {
  worker.send({ crop, times });
  const [drawn] = (await once(worker, 'message')) as [Drawn];
  return drawn;
}

/** @param before the function of another version, which takes its turns between the two */
async function measure(
  ours: ChildProcess,
  floor: ChildProcess,
  before: ChildProcess | undefined,
  asked: object,
  pairs: number,
) {
  const { encoding } = await draw(ours, asked, 3);
  const crop = { ...asked, encoding };
  const trial = await draw(floor, crop, 3);
  const times = Math.max(1, Math.round(TURN_MILLISECONDS / trial.milliseconds));
  const all: { ours: Drawn; before: Drawn | undefined; floor: Drawn }[] = [];
  for (let i = 0; i < pairs; i++) {
    all.push({
      ours: await draw(ours, crop, times),
      before: before && (await draw(before, crop, times)),
      floor: await draw(floor, crop, times),
    });
  }
  return {
    ours: median(all.map((pair) => pair.ours.milliseconds)),
    floor: median(all.map((pair) => pair.floor.milliseconds)),
    ratio: median(all.map((pair) => pair.ours.milliseconds / pair.floor.milliseconds)),
    ofBefore: median(
      all.flatMap(({ ours, before }) => (before ? [ours.milliseconds / before.milliseconds] : [])),
    ),
    bytes: all[0]?.ours.bytes ?? 0,
    encoding,
  };
}

async function main(): Promise<void> {
  const values = new Command('npm run bench:overhead --')
    .description('CPU time of the function beside bare sharp with the same settings.')
    .option('--image <file>', 'the original', PICTURE)
    .option('--pairs <n>', 'turns of each', parseCount, 21)
    .option('--bundle <file>', 'index.mjs of an assembly, in place of synthesising one')
    .option('--before <file>', 'index.mjs of another version, to compare with')
    .parse()
    .opts<{ image: string; pairs: number; bundle?: string; before?: string }>();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-overhead-'));
  const children: ChildProcess[] = [];
  const start = async (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const child = fork(join(__dirname, script), args, { execArgv: [], env: { ...process.env, ...env } });
    children.push(child);
    const [first] = (await once(child, 'message')) as [unknown];
    return { child, first };
  };
  try {
    if (values.bundle === undefined) await synthesise({ output: directory });
    const bundle =
      values.bundle ??
      join(servedBehaviors(readAssembly(directory))[0]?.originResponse?.assetFolder ?? '', 'index.mjs');
    const s3 = await start('s3-stand-in.cjs', [values.image]);
    const endpoint = {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${s3.first}`,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      NODE_NO_WARNINGS: '1',
    };
    const ours = await start('overhead-worker.mjs', ['ours', bundle], endpoint);
    const floor = await start('overhead-worker.mjs', ['sharp', values.image]);
    const before = values.before && (await start('overhead-worker.mjs', ['ours', values.before], endpoint));
    const rows: string[][] = [];
    for (const format of FORMATS) {
      for (const size of SIZES) {
        const other = before ? before.child : undefined;
        const found = await measure(ours.child, floor.child, other, { format, ...size }, values.pairs);
        const asked = `${format} ${size.width}×${size.height}`;
        const { format: _, ...settings } = found.encoding;
        const encoder = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
        rows.push([
          asked,
          found.ours.toFixed(2),
          found.floor.toFixed(2),
          found.ratio.toFixed(2),
          ...(before ? [found.ofBefore.toFixed(2)] : []),
          encoder.join(', '),
        ]);
      }
    }
    console.log(`Node ${process.versions.node}, medians of ${values.pairs} pairs\n`);
    const head = ['', 'edgecrop CPU ms', 'sharp CPU ms', 'ratio (of pairs)', ...(before ? ['× before'] : [])];
    console.log(table([...head, 'encoder'], rows));
  } finally {
    for (const child of children) child.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
