import { execFile } from 'node:child_process';
import { Agent, get } from 'node:http';
import { promisify } from 'node:util';

export interface Loaded {
  readonly seconds: number;
  readonly answers: readonly { readonly status: number; readonly ms: number }[];
}

/** What wrk says of one URL. */
export async function load(url: string, connections: number, seconds: number) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', url];
  const { stdout } = await promisify(execFile)('wrk', args);
  if (/Non-2xx/.test(stdout)) throw new Error(`${url}: ${stdout}`);
  const [, amount, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  return {
    requests: Number(/(\d+) requests in/.exec(stdout)?.[1]),
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p99: Number(amount) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'],
  };
}

/** Asks for each URL once, a number of them at a time. */
export async function requestAll(urls: readonly string[], connections: number): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const waiting = [...urls];
  const answers: { status: number; ms: number }[] = [];
  const started = performance.now();
  const work = async () => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
      const asked = performance.now();
      const status = await statusOf(url, agent);
      answers.push({ status, ms: performance.now() - asked });
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  agent.destroy();
  return { seconds: (performance.now() - started) / 1000, answers };
}

function statusOf(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    }).on('error', reject);
  });
}
