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
import { load, requestAll } from './edge-load';
import { type Running, startDevEdge, startNginx, startNodeHttp, startRedis } from './edge-processes';
import { installPeers } from './peers/packages';
import { startServer } from './peers/server-process';
import { median, percentile, table } from './peers/statistics';
import { treeCpu } from './process-cpu';

const HIT = 'a.jpg?t=A&w=400&h=300&format=webp';

interface Turn {
  readonly perSecond: number;
  readonly p99: number;
  /** Microseconds of CPU a request. */
  readonly cpu: number;
}

/** Each server in turn, and that several times: what else the machine does then meets all of them. */
async function measureHits(
  servers: Readonly<Record<string, Running>>,
  { seconds, rounds }: Options,
): Promise<string> {
  const tables: string[] = [];
  for (const connections of [16, 64]) {
    const turns = new Map<string, Turn[]>(Object.keys(servers).map((name) => [name, []]));
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const [name, { url, pid }] of Object.entries(servers)) {
        const before = treeCpu(pid);
        const { requests, perSecond, p99 } = await load(url + HIT, connections, seconds);
        const turn = { perSecond, p99, cpu: (treeCpu(pid) - before) / requests };
        await assertHit(name, url + HIT);
        if (round > 0) turns.get(name)?.push(turn);
      }
    }
    const middle = (name: string, pick: (turn: Turn) => number) => median((turns.get(name) ?? []).map(pick));
    const ratio = (name: string) =>
      median(
        (turns.get(name) ?? []).map(
          ({ perSecond }, i) => perSecond / (turns.get(NGINX)?.[i]?.perSecond ?? 1),
        ),
      );
    const rows = [...turns.keys()].map((name) => [
      name,
      middle(name, ({ perSecond }) => perSecond).toFixed(0),
      ratio(name).toFixed(2),
      middle(name, ({ p99 }) => p99).toFixed(0),
      middle(name, ({ cpu }) => cpu).toFixed(0),
    ]);
    const head = [
      `hits of one variant, ${connections} connections`,
      'requests/s',
      '× nginx',
      'p99 ms',
      'CPU µs',
    ];
    tables.push(table(head, rows));
  }
  return tables.join('\n\n');
}

/** A server that stopped to cache would be measured by what is behind it. */
async function assertHit(name: string, url: string): Promise<void> {
  const response = await fetch(url);
  await response.arrayBuffer();
  const result = response.headers.get('x-cache');
  if (!/^hit/i.test(result ?? '')) throw new Error(`${name}: x-cache is ${result}, expected a hit`);
}

const NGINX = 'nginx proxy_cache by URL';

interface Options {
  readonly seconds: number;
  readonly rounds: number;
  /** A built package of another version. */
  readonly before?: string;
}

/** Different widths, so that nothing is a hit and nothing coalesces. */
const misses = (count: number, from: number): Size[] =>
  Array.from({ length: count }, (_, i) => ({ w: from + i, h: 300 }));

interface Size {
  readonly w: number;
  readonly h: number;
}

interface Contestant extends Pick<Running, 'pid'> {
  urlOf(size: Size, format: string): string;
}

/** Each contestant in turn, several times, with other sizes at each turn. */
async function measureMisses(
  contestants: Readonly<Record<string, Contestant>>,
  rounds: number,
): Promise<string> {
  const tables: string[] = [];
  for (const format of ['jpeg', 'webp']) {
    const turns = new Map<string, MissTurn[]>(Object.keys(contestants).map((name) => [name, []]));
    // The first round warms up: processes that draw are started and compiled.
    for (let round = 0; round <= rounds; round++) {
      for (const [name, { urlOf, pid }] of Object.entries(contestants)) {
        const before = treeCpu(pid);
        const urls = misses(MISSES, 380 + round * MISSES).map((size) => urlOf(size, format));
        const { seconds, answers } = await requestAll(urls, 4);
        const times = answers.map(({ ms }) => ms);
        const turn = {
          perSecond: answers.length / seconds,
          p50: percentile(times, 0.5),
          p99: percentile(times, 0.99),
          cpu: (treeCpu(pid) - before) / answers.length / 1000,
        };
        if (round > 0) turns.get(name)?.push(turn);
      }
    }
    const [first = ''] = turns.keys();
    const rows = [...turns].map(([name, own]) => [
      name,
      median(own.map(({ perSecond }) => perSecond)).toFixed(1),
      median(own.map(({ p50 }) => p50)).toFixed(0),
      median(own.map(({ p99 }) => p99)).toFixed(0),
      median(own.map(({ cpu }) => cpu)).toFixed(1),
      median(own.map(({ cpu }, i) => cpu / (turns.get(first)?.[i]?.cpu ?? Number.NaN))).toFixed(2),
    ]);
    const head = [
      `misses, ${format}, 4 connections`,
      'requests/s',
      'p50 ms',
      'p99 ms',
      'CPU ms',
      `× ${first}`,
    ];
    tables.push(table(head, rows));
  }
  return tables.join('\n\n');
}

/** Misses of one turn. */
const MISSES = 40;

interface MissTurn {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of CPU a request. */
  readonly cpu: number;
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
  const options = new Command('npm run bench:edge --')
    .description('Hits and misses of the edge as a server, beside nginx, node:http and ipx.')
    .option('--seconds <n>', 'of each turn', parseCount, 3)
    .option('--rounds <n>', 'turns of each', parseCount, 3)
    .option('--before <dir>', 'the built package of another version, to compare with')
    .parse()
    .opts<Options>();
  installPeers();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-edge-'));
  const running: Running[] = [];
  const run = async (starting: Promise<Running>) => {
    const started = await starting;
    running.push(started);
    return started;
  };
  const file = join(directory, 'a.jpg');
  await noise(1200, 900).blur(2).jpeg({ quality: 85 }).toFile(file);
  const s3 = await startLocalS3({ folders: new Map([['photos', directory]]) });
  try {
    const assembly = join(directory, 'assembly');
    await synthesise({ output: assembly });
    const edge = (...args: string[]) => run(startDevEdge({ assembly, endpoint: s3.endpoint, args }));
    const before =
      options.before &&
      (await run(startDevEdge({ assembly, endpoint: s3.endpoint, args: [], package: options.before })));
    const memory = await edge();
    const redis = await run(startRedis(directory));
    const picture = Buffer.from(await (await fetch(memory.url + HIT)).arrayBuffer());
    const servers = {
      [NGINX]: await run(startNginx(directory, memory.url, undefined)),
      'node:http': await run(startNodeHttp(picture)),
      ...(before && { 'edgecrop before': before }),
      edgecrop: memory,
      'edgecrop, 2 workers': await edge('--workers', '2'),
      'edgecrop, Redis': await edge('--cache', redis.url),
      'edgecrop nginx': await run(startNginx(directory, memory.url, assembly)),
    };
    console.log(`${await measureHits(servers, options)}\n`);
    const ipx = await startServer('ipx', [file], s3.endpoint);
    const ours = ({ url, pid }: Running): Contestant => ({
      pid,
      urlOf: ({ w, h }, format) => `${url}a.jpg?t=A&w=${w}&h=${h}&format=${format}`,
    });
    const contestants = {
      ...(before && { 'edgecrop before': ours(before) }),
      edgecrop: ours(memory),
      'ipx 3.1.1, original in a folder': {
        pid: ipx.pid,
        urlOf: ({ w, h }: Size, format: string) => `${ipx.url}/${format}/${w}x${h}`,
      },
    };
    console.log(`${await measureMisses(contestants, options.rounds)}\n`);
    ipx.stop();
    console.log(await measureOverload((await edge('--renders', '2', '--queue', '6')).url, 8));
  } finally {
    for (const { stop } of running) stop();
    await s3.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
