import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { parsePerPatternOption } from '../../edge/assembly/per-pattern-options';
import { createLogger } from '../../edge/operations/logger';
import { startSelfHostedEdge } from '../../edge/self-hosted-edge';
import { UserError } from '../../errors/user-error';
import { collect, parseCount, parseMegabytes, parsePort, withExample } from './options';
import { runWorkers } from './serve-workers';

interface ServeOptions {
  readonly assembly: string;
  readonly bucket: readonly string[];
  readonly region?: string;
  readonly endpoint?: string;
  readonly cache: string;
  readonly function?: string;
  readonly renders?: number;
  readonly queue?: number;
  readonly bodyLimit?: number;
  readonly workers: number;
  readonly signingKeys?: string;
  readonly port: number;
  readonly host: string;
}

/** npm forwards a signal that the terminal has sent to every process already: both count as one. */
const ONE_SIGNAL_MILLISECONDS = 1000;

/** Logs are for machines: one JSON object a line, on stdout. */
const logger = createLogger();

/** `edgecrop serve`: the distribution in front of a bucket, for teams without CloudFront. */
export function createServeCommand(): Command {
  return new Command('serve')
    .description('Serves a synthesised distribution in front of a bucket, with its own cache.')
    .requiredOption('--assembly <dir>', 'the synthesised cloud assembly, such as cdk.out')
    .requiredOption(
      '--bucket <name>',
      "the bucket with the originals; '/avatars/*=NAME' for the paths of one pattern",
      collect,
    )
    .option('--region <name>', 'the region of the bucket (default: AWS_REGION, else that of the assembly)')
    .option('--endpoint <url>', 'an S3-compatible store in place of Amazon S3')
    .option('--cache <where>', 'memory:256mb, redis://… or rediss://…', 'memory:256mb')
    .option('--function <arn>', 'render with the deployed function, not on this machine')
    .option('--renders <n>', 'how many renders run at once (default: one for each processor)', parseCount)
    .option(
      '--queue <n>',
      'how many more may wait before the answer is 503 (default: 16 for each)',
      parseCount,
    )
    .option('--body-limit <mb>', "the largest crop, 2 to 16 (default: CloudFront's 1 MB)", parseMegabytes)
    .option(
      '--workers <n>',
      'processes that answer requests; each takes its share of the rest',
      parseCount,
      1,
    )
    .option('--signing-keys <file>', 'the keys of a signed assembly (default: EDGECROP_SIGNING_KEYS)')
    .option('--port <n>', 'the port to listen on, 0 for any', parsePort, 8787)
    .option('--host <h>', 'the address to listen on, 0.0.0.0 for all', '127.0.0.1')
    .configureOutput(withExample('edgecrop serve --assembly cdk.out --bucket photos'))
    .addHelpText(
      'after',
      `
Examples:
  edgecrop serve --assembly cdk.out --bucket photos
  edgecrop serve --assembly cdk.out --bucket photos --cache redis://localhost:6379 --host 0.0.0.0
  edgecrop serve --assembly cdk.out --bucket photos --endpoint http://minio:9000 --region us-east-1

In the repository: npm run edge -- --assembly cdk.out --bucket photos

The AWS SDK finds the credentials as usual. Logs are JSON, one object a line, on stdout.`,
    )
    .action((options: ServeOptions) => serve(options, endingSignal()).catch(fail));
}

async function serve({ workers, ...options }: ServeOptions, signal: AbortSignal): Promise<void> {
  if (workers === 1) return serveHere(options, signal);
  if (cluster.isWorker) return serveHere(shareOf(options, workers), signal);
  process.exitCode = await runWorkers({ count: workers, signal, warn: (line) => logger.warn(line) });
}

type WorkerOptions = Omit<ServeOptions, 'workers'>;

const MEMORY = /^memory:(\d+)(kb|mb|gb)$/i;
const KILOBYTES = { kb: 1, mb: 1e3, gb: 1e6 } as const;

/** Limits are those of all workers together. */
function shareOf(options: WorkerOptions, workers: number): WorkerOptions {
  const share = (count: number) => Math.max(1, Math.ceil(count / workers));
  const renders = options.renders ?? availableParallelism();
  return {
    ...options,
    renders: share(renders),
    ...(options.queue !== undefined && { queue: share(options.queue) }),
    cache: options.cache.replace(
      MEMORY,
      (_, size, unit) =>
        `memory:${share(Number(size) * KILOBYTES[unit.toLowerCase() as keyof typeof KILOBYTES])}kb`,
    ),
  };
}

async function serveHere(
  { signingKeys: file, ...options }: WorkerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { defaultValue: bucket, byPattern: bucketsByPattern } = parsePerPatternOption(options.bucket);
  const text = process.env.EDGECROP_SIGNING_KEYS;
  const edge = await startSelfHostedEdge({
    ...options,
    bucket,
    bucketsByPattern,
    ...(file ? { signingKeys: { file } } : text && { signingKeys: { text } }),
    warn: (line) => logger.warn(line),
    info: (line) => logger.info(line),
    functionLog: (line) => logger.info({ function: parseJson(line) }),
  });
  const end = async () => {
    logger.info('ending: what has begun is finished');
    await edge.close();
    logger.info('ended');
    leavePrimary();
  };
  // Without a file there is nothing to read again, and the signal ends the edge as it ends any program.
  if (file) process.on('SIGHUP', () => edge.reloadKeys());
  if (signal.aborted) return end();
  signal.addEventListener('abort', () => void end().catch(fail), { once: true });
  logger.info({ url: edge.url, bucket: options.bucket, cache: options.cache }, 'ready');
}

/** Aborted by the first SIGINT or SIGTERM; a second one ends the process at once. */
function endingSignal(): AbortSignal {
  const ending = new AbortController();
  let first = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      first ||= Date.now();
      if (Date.now() - first > ONE_SIGNAL_MILLISECONDS) process.exit(1);
      ending.abort();
    });
  }
  return ending.signal;
}

/** The channel to the primary would keep a worker alive. */
function leavePrimary(): void {
  cluster.worker?.disconnect();
}

/** The function logs JSON; what libraries print beside it stays text. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** A person at a terminal reads a line; a log collector reads JSON. */
function fail(error: unknown): void {
  process.exitCode = 1;
  leavePrimary();
  if (process.stdout.isTTY) {
    const reason = error instanceof UserError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`edgecrop: ${reason}\n`);
  } else if (error instanceof UserError) logger.fatal(error.message);
  else logger.fatal(error);
}
