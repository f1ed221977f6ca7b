import { CONTESTANTS, type Contestant, type Sources, start } from './contestants';
import { likeness } from './likeness';
import { load } from './load';
import type { ServerProcess } from './server-process';
import { percentile } from './statistics';

/** One cell of the grid: what is asked for. */
export interface Case {
  readonly format: string;
  readonly width: number;
  readonly height: number;
}

/** What one contestant did with one picture in one case. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of the server's process per request. */
  readonly cpu: number;
  readonly bytes: number;
  readonly ssim: number;
  /** Megabytes. */
  readonly peak: number;
}

/** Nothing that is asked for twice at a time can be answered once. */
const WIDTHS = 16;
const ROUNDS = 2;
const LEAST = 8;

/** Has all contestants serve one case of one picture, turn by turn, so that the machine treats all alike. */
export async function measureCase(
  contestants: readonly Contestant[],
  sources: Sources,
  asked: Case,
  seconds: number,
): Promise<Map<Contestant, Measured>> {
  const ours = await start('edgecrop', sources, undefined);
  await get(ours, pathOf(asked));
  const servers = new Map<Contestant, ServerProcess>();
  try {
    for (const name of contestants) {
      const server = name === 'edgecrop' ? ours : await start(name, sources, ours.encoding());
      servers.set(name, server);
      // Debian's libvips may come without AVIF.
      if (name === 'vipsthumbnail' && !(await fetch(`${server.url}${pathOf(asked)}`)).ok) {
        console.log(`\nWithout ${name}: it cannot draw ${asked.format} here.`);
        server.stop();
        servers.delete(name);
      }
    }
    return await measureServers(servers, sources.file, asked, seconds);
  } finally {
    for (const server of new Set([ours, ...servers.values()])) server.stop();
  }
}

interface Tally {
  readonly variant: Buffer;
  readonly amount: number;
  seconds: number;
  cpu: number;
  readonly latencies: number[];
}

async function measureServers(
  servers: ReadonlyMap<Contestant, ServerProcess>,
  file: string,
  asked: Case,
  seconds: number,
): Promise<Map<Contestant, Measured>> {
  const paths = Array.from({ length: WIDTHS }, (_, i) => {
    const width = asked.width - i;
    return pathOf({ ...asked, width, height: Math.round((width * asked.height) / asked.width) });
  });
  const tallies = new Map<Contestant, Tally>();
  for (const [name, server] of servers) {
    const variant = await get(server, pathOf(asked));
    // Warms up, and tells how many requests fill the time.
    const trial = await load(server.url, paths, LEAST);
    const amount = Math.max(LEAST, Math.round((seconds / ROUNDS / trial.seconds) * LEAST));
    tallies.set(name, { variant, amount, seconds: 0, cpu: 0, latencies: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, server] of servers) {
      const tally = tallies.get(name) as Tally;
      const before = await server.usage();
      const done = await load(server.url, paths, tally.amount);
      tally.cpu += (await server.usage()).cpu - before.cpu;
      tally.seconds += done.seconds;
      tally.latencies.push(...done.latencies);
    }
  }
  const measured = new Map<Contestant, Measured>();
  for (const [name, server] of servers) {
    measured.set(name, await sumUp(tallies.get(name) as Tally, (await server.usage()).peak, file));
  }
  return measured;
}

async function sumUp(tally: Tally, peak: number, file: string): Promise<Measured> {
  const requests = tally.latencies.length;
  return {
    perSecond: requests / tally.seconds,
    p50: percentile(tally.latencies, 0.5),
    p99: percentile(tally.latencies, 0.99),
    cpu: tally.cpu / 1000 / requests,
    bytes: tally.variant.length,
    ssim: await likeness(tally.variant, file),
    peak: peak / 1024,
  };
}

const pathOf = ({ format, width, height }: Case) => `/${format}/${width}x${height}`;

async function get(server: ServerProcess, path: string): Promise<Buffer> {
  const response = await fetch(`${server.url}${path}`);
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

/** All of them, in the order of the table. */
export const ALL = Object.keys(CONTESTANTS) as Contestant[];
