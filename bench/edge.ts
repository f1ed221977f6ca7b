/**
 * The edge as a server: hits beside nginx's own cache, misses beside ipx, and what overload does.
 * Usage: npm run bench:edge -- [--seconds 5]. Needs wrk; nginx and redis-server take part where they are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseCount } from '../bin/commands/options';
import { noise } from '../conformance/objects/draw';
import { startLocalS3 } from '../edge/local/local-s3';
import { synthesise } from '../edge/local/synthesise';
import { hitsPerSecond, type Loaded, requestAll } from './edge-load';
import { type Running, startDevEdge, startNginx, startRedis } from './edge-processes';
import { installPeers } from './peers/packages';
import { startServer } from './peers/server-process';
import { percentile, table } from './peers/statistics';

const HIT = 'a.jpg?t=A&w=400&h=300&format=webp';

/** @param servers what is asked for at each */
async function measureHits(servers: Readonly<Record<string, string>>, seconds: number): Promise<string> {
  const rows: string[][] = [];
  for (const [name, url] of Object.entries(servers)) {
    await (await fetch(url)).arrayBuffer();
    const { perSecond, p99 } = await hitsPerSecond(url, seconds);
    rows.push([name, perSecond.toFixed(0), p99]);
  }
  return table(['hits of one variant, 32 connections', 'requests/s', 'p99'], rows);
}

/** Different widths, so that nothing is a hit and nothing coalesces. */
const misses = (count: number, from: number) =>
  Array.from({ length: count }, (_, i) => ({ w: from + i, h: 300 }));

async function measureMisses(edge: string, ipx: string): Promise<string> {
  const sizes = misses(120, 300);
  const ours = await requestAll(
    sizes.map(({ w, h }) => `${edge}a.jpg?t=A&w=${w}&h=${h}&format=webp`),
    4,
  );
  const theirs = await requestAll(
    sizes.map(({ w, h }) => `${ipx}/webp/${w}x${h}`),
    4,
  );
  const row = (name: string, { seconds, answers }: Loaded) => [
    name,
    (answers.length / seconds).toFixed(1),
    ...[0.5, 0.99].map((share) =>
      percentile(
        answers.map(({ ms }) => ms),
        share,
      ).toFixed(0),
    ),
  ];
  const head = ['misses, webp, 4 connections', 'requests/s', 'p50 ms', 'p99 ms'];
  return table(head, [
    row('edgecrop, original from S3', ours),
    row('ipx 3.1.1, original in a folder', theirs),
  ]);
}

/** Four times as many at once as are drawn and may wait. */
async function measureOverload(edge: string, capacity: number): Promise<string> {
  const urls = misses(8 * capacity, 700).map(({ w, h }) => `${edge}a.jpg?t=A&w=${w}&h=${h}&format=webp`);
  const { answers } = await requestAll(urls, 4 * capacity);
  const row = (name: string, status: number) => {
    const times = answers.filter((answer) => answer.status === status).map(({ ms }) => ms);
    return [
      name,
      String(times.length),
      percentile(times, 0.5).toFixed(0),
      percentile(times, 0.99).toFixed(0),
    ];
  };
  const other = answers.filter(({ status }) => status !== 200 && status !== 503).length;
  const after = await requestAll([`${edge}a.jpg?t=A&w=299&h=300&format=webp`], 1);
  return [
    table(['4 × capacity at once', 'answers', 'p50 ms', 'p99 ms'], [row('200', 200), row('503', 503)]),
    `Other answers: ${other}. One more request afterwards: ${after.answers[0]?.status}.`,
  ].join('\n\n');
}

async function main(): Promise<void> {
  const { seconds } = new Command('npm run bench:edge --')
    .description('Hits and misses of the edge as a server, beside nginx and ipx.')
    .option('--seconds <n>', 'of each row', parseCount, 5)
    .parse()
    .opts<{ seconds: number }>();
  installPeers();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-edge-'));
  const running: Running[] = [];
  const run = async (starting: Promise<Running>) => {
    const started = await starting;
    running.push(started);
    return started.url;
  };
  const file = join(directory, 'a.jpg');
  await noise(1200, 900).blur(2).jpeg({ quality: 85 }).toFile(file);
  const s3 = await startLocalS3({ folders: new Map([['photos', directory]]) });
  try {
    const assembly = join(directory, 'assembly');
    await synthesise({ output: assembly });
    const edge = (...args: string[]) => run(startDevEdge({ assembly, endpoint: s3.endpoint, args }));
    const memory = await edge();
    const redis = await run(startRedis(directory));
    const ipx = await startServer('ipx', [file], s3.endpoint);
    const servers = {
      'edgecrop, memory': memory + HIT,
      'edgecrop, Redis': (await edge('--cache', redis)) + HIT,
      'nginx proxy_cache before edgecrop': (await run(startNginx(directory, memory))) + HIT,
      'ipx 3.1.1, which keeps nothing': `${ipx.url}/webp/400x300`,
    };
    console.log(`${await measureHits(servers, seconds)}\n`);
    console.log(`${await measureMisses(memory, ipx.url)}\n`);
    ipx.stop();
    console.log(await measureOverload(await edge('--renders', '2', '--queue', '6'), 8));
  } finally {
    for (const { stop } of running) stop();
    await s3.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
