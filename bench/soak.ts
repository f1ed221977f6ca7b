/**
 * Does the edge stay as it is under everything at once? Hits, misses, originals, errors, viewers who hang up, and a Redis
 * that is killed every minute and comes back. Usage: npm run bench:soak -- --minutes 10. Linux only; needs redis-server.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { parseCount } from '../bin/commands/options';
import { startLocalS3 } from '../edge/local/local-s3';
import { synthesise } from '../edge/local/synthesise';
import { type Redis, startDevEdge, startRedis } from './edge-processes';
import { table } from './peers/statistics';

const SAMPLES = join(__dirname, '../samples/images');

/** What one viewer does again and again. */
interface Viewer {
  readonly kind: string;
  readonly path: (turn: number) => string;
  /** The status that is right. */
  readonly status: number;
  /** Hangs up after so many milliseconds. */
  readonly hangUp?: number;
  /** Milliseconds between two requests. */
  readonly pause: number;
}

const VIEWERS: readonly Viewer[] = [
  { kind: 'hit', path: () => 'lake.jpg?t=A&w=400&h=300&format=webp', status: 200, pause: 5 },
  { kind: 'hit', path: () => 'tower.jpg?t=A&w=300&format=jpeg', status: 200, pause: 5 },
  // Sizes come again after a while, when most have left the cache.
  {
    kind: 'miss',
    path: (turn) => `lake.jpg?t=A&w=${20 + (turn % 1500)}&format=jpeg`,
    status: 200,
    pause: 50,
  },
  { kind: 'original', path: () => 'skyline.jpg', status: 200, pause: 50 },
  { kind: 'no such object', path: (turn) => `none-${turn}.jpg?t=A`, status: 404, pause: 20 },
  { kind: 'bad parameter', path: () => 'lake.jpg?t=A&w=0', status: 400, pause: 20 },
  {
    kind: 'hung up',
    path: (turn) => `tower.jpg?t=A&w=${20 + (turn % 1500)}`,
    status: 200,
    hangUp: 15,
    pause: 100,
  },
];

interface Count {
  right: number;
  wrong: number;
}

/** @returns the status, or undefined if the viewer hung up */
function ask(url: string, agent: Agent, hangUp: number | undefined): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent }, (response) => {
      response.resume();
      response.on('close', () => resolve(response.complete ? response.statusCode : undefined));
    });
    request.on('error', () => resolve(undefined));
    if (hangUp !== undefined) setTimeout(() => request.destroy(), hangUp);
  });
}

/** Memory in MB and open files of a process, and the memory of its children. */
function usageOf(pid: number) {
  const rss = (id: number | string) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1024;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  return {
    edge: rss(pid).toFixed(0),
    renderers: children.reduce((sum, id) => sum + rss(id), 0).toFixed(0),
    files: String(readdirSync(`/proc/${pid}/fd`).length),
  };
}

async function main(): Promise<void> {
  const { minutes } = new Command('npm run bench:soak --')
    .description('The edge under everything at once, for a while.')
    .option('--minutes <n>', 'how long', parseCount, 60)
    .parse()
    .opts<{ minutes: number }>();
  const directory = await mkdtemp(join(tmpdir(), 'edgecrop-soak-'));
  const photos = join(directory, 'photos');
  await cp(SAMPLES, photos, { recursive: true });
  const s3 = await startLocalS3({ folders: new Map([['photos', photos]]) });
  const assembly = join(directory, 'assembly');
  await synthesise({ output: assembly });
  let redis: Redis = await startRedis(directory);
  const edge = await startDevEdge({ assembly, endpoint: s3.endpoint, args: ['--cache', redis.url] });
  const agent = new Agent({ keepAlive: true });
  const counts = new Map<string, Count>();
  const wrong = new Map<string, number>();
  const ends = Date.now() + minutes * 60_000;

  const view = async ({ kind, path, status, hangUp, pause }: Viewer) => {
    const count = counts.get(kind) ?? { right: 0, wrong: 0 };
    counts.set(kind, count);
    for (let turn = 0; Date.now() < ends; turn++) {
      const answered = await ask(edge.url + path(turn), agent, hangUp);
      const isRight = answered === status || (hangUp !== undefined && answered === undefined);
      count[isRight ? 'right' : 'wrong']++;
      if (!isRight) {
        const name = `${kind}: ${answered ?? 'cut off'}`;
        wrong.set(name, (wrong.get(name) ?? 0) + 1);
      }
      await sleep(pause);
    }
  };
  const rows: string[][] = [];
  const note = (when: string) => {
    const { edge: memory, renderers, files } = usageOf(edge.pid);
    const answers = [...counts.values()].reduce((sum, count) => sum + count.right + count.wrong, 0);
    rows.push([when, String(answers), memory, renderers, files]);
    console.error(rows.at(-1)?.join(' | '));
  };
  const killRedis = async () => {
    for (let minute = 1; Date.now() < ends; minute++) {
      await sleep(Math.min(45_000, ends - Date.now()));
      redis.stop();
      await sleep(Math.min(5_000, Math.max(0, ends - Date.now())));
      redis = await startRedis(directory, redis.port);
      await sleep(Math.max(0, Math.min(10_000, ends - Date.now())));
      note(`after ${minute} min`);
    }
  };
  try {
    note('start');
    await Promise.all([...VIEWERS.map(view), killRedis()]);
    agent.destroy();
    await sleep(10_000);
    note('10 s after the end');
    console.log(`${table(['', 'answers so far', 'edge MB', 'renderers MB', 'open files'], rows)}\n`);
    const kinds = [...counts].map(([kind, { right, wrong }]) => [kind, String(right), String(wrong)]);
    console.log(table(['asked for', 'right answers', 'others'], kinds));
    console.log(`\nOthers: ${[...wrong].map(([name, times]) => `${name} ×${times}`).join(', ') || 'none'}`);
  } finally {
    edge.stop();
    redis.stop();
    await s3.close();
    await rm(directory, { recursive: true, force: true });
  }
}

void main();
