import { type ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';

/** One server of the comparison, in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** What it last told its encoder, where it tells. */
  readonly encoding: () => unknown;
  /** CPU in microseconds and peak memory in kilobytes, since it started. */
  usage(): Promise<Usage>;
  stop(): void;
}

export interface Usage {
  readonly cpu: number;
  readonly peak: number;
}

interface Message extends Partial<Usage> {
  readonly port?: number;
  readonly encoding?: unknown;
}

/**
 * @param name a file in `servers`
 * @param s3 where it finds its originals if it reads them from S3
 */
export async function startServer(name: string, args: readonly string[], s3: string): Promise<ServerProcess> {
  const child = fork(join(__dirname, 'servers', `${name}.mjs`), args, {
    // Without tsx, which the parent runs under.
    execArgv: [],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_S3: s3,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      NODE_ENV: 'production',
      NODE_NO_WARNINGS: '1',
    },
  });
  let encoding: unknown;
  child.on('message', (message: Message) => {
    encoding = message.encoding ?? encoding;
  });
  const { port } = await answer(child, (message) => message.port !== undefined);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    encoding: () => encoding,
    async usage() {
      child.send('usage');
      const { cpu = 0, peak = 0 } = await answer(child, (message) => message.cpu !== undefined);
      return { cpu, peak };
    },
    stop: () => child.kill(),
  };
}

async function answer(child: ChildProcess, isIt: (message: Message) => boolean): Promise<Message> {
  const given = new AbortController();
  const ended = once(child, 'exit', { signal: given.signal }).then(() => {
    throw new Error(`${child.spawnargs[1]} ended`);
  });
  ended.catch(() => {});
  const waiting = async () => {
    for await (const [message] of on(child, 'message', { signal: given.signal }))
      if (isIt(message)) return message;
  };
  try {
    return await Promise.race([waiting(), ended]);
  } finally {
    given.abort();
  }
}
