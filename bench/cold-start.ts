/**
 * How long until a new Lambda environment has answered its first crop? The bundle as it deploys, beside the
 * floor: a bundled S3 client, then sharp loaded, then one GetObject and one bare render, in turn. Each in a
 * process of its own, in pairs; S3 is another process on this machine.
 * Usage: npm run bench:cold -- [--runs 15] [--latency 20]
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { buildSync } from 'esbuild';
import { parseCount } from '../bin/commands/options';
import { readAssembly, servedBehaviors } from '../edge/assembly/assembly';
import { synthesise } from '../edge/local/synthesise';

const PICTURE = join(__dirname, '../samples/images/skyline.jpg');

const FLOOR = `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({ region: 'us-east-1' });
const { default: sharp } = await import('sharp');
export async function handler() {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'a.jpg' }));
  const image = sharp(Buffer.from(await Body.transformToByteArray()));
  const body = await image.autoOrient().resize(320, 240).webp({ quality: 80, effort: 4 }).toBuffer();
  return { status: '200', body: body.toString('base64') };
}`;

/** Into a copy of the function's folder, so that both load the same sharp. */
function buildFloor(directory: string): string {
  const outfile = join(directory, 'index.mjs');
  buildSync({
    stdin: { contents: FLOOR, resolveDir: __dirname },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    external: ['sharp'],
    outfile,
  });
  return outfile;
}

/** Milliseconds from the first line of the process to the answer. */
async function measure(bundle: string, endpoint: string): Promise<number> {
  const child = spawn(process.execPath, [join(__dirname, 'cold-worker.mjs'), bundle], {
    env: {
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, 'close');
  return Number(text.trim().split('\n').at(-1));
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function main(): Promise<void> {
  const values = new Command('npm run bench:cold --')
    .description('Cold start to first variant, beside a bundled S3 client and bare sharp in turn.')
    .option('--runs <n>', 'processes of each', parseCount, 15)
    .option('--latency <ms>', 'of the S3 in between, in milliseconds', parseCount, 20)
    .parse()
    .opts<{ runs: number; latency: number }>();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-cold-'));
  const s3 = fork(join(__dirname, 's3-stand-in.cjs'), [PICTURE, String(values.latency)]);
  try {
    const [port] = (await once(s3, 'message')) as [number];
    const endpoint = `http://127.0.0.1:${port}`;
    const assembly = join(directory, 'assembly');
    await synthesise({ output: assembly });
    const asset = servedBehaviors(readAssembly(assembly))[0]?.originResponse?.assetFolder ?? '';
    const floorDirectory = join(directory, 'floor');
    cpSync(asset, floorDirectory, { recursive: true });
    const bundles = { ours: join(asset, 'index.mjs'), floor: buildFloor(floorDirectory) };
    const times = { ours: [] as number[], floor: [] as number[] };
    for (let i = 0; i < values.runs + 1; i++) {
      const [ours, floor] = [await measure(bundles.ours, endpoint), await measure(bundles.floor, endpoint)];
      // The first pair only warms the file cache.
      if (i > 0) {
        times.ours.push(ours);
        times.floor.push(floor);
      }
    }
    const ratios = times.ours.map((ours, i) => ours / (times.floor[i] ?? ours));
    console.log(`Node ${process.versions.node}, ${values.runs} pairs, S3 answers after ${values.latency} ms`);
    console.log(`load → first variant, ours:  ${median(times.ours).toFixed(0)} ms`);
    console.log(`load → first variant, floor: ${median(times.floor).toFixed(0)} ms`);
    console.log(`ratio (median of pairs): ${median(ratios).toFixed(2)}`);
  } finally {
    s3.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
