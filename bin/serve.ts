import { Command } from 'commander';
import { parsePerPatternOption } from '../edge/assembly/per-pattern-options';
import { createLogger } from '../edge/operations/logger';
import { startSelfHostedEdge } from '../edge/self-hosted-edge';
import { UserError } from '../errors/user-error';
import { count, port, several } from './options';

interface ServeOptions {
  readonly assembly: string;
  readonly bucket: readonly string[];
  readonly region?: string;
  readonly endpoint?: string;
  readonly cache: string;
  readonly function?: string;
  readonly renders?: number;
  readonly queue?: number;
  readonly signingKeys?: string;
  readonly port: number;
  readonly host: string;
}

// Written as text by an edge, read as text by machines: one JSON object a line, to stdout.
const logger = createLogger();

const program = new Command('edgecrop')
  .description(
    'Serves the synthesised CloudFront distribution in front of a bucket, with a cache of its own.',
  )
  .requiredOption('--assembly <dir>', 'the synthesised cloud assembly, as in cdk.out')
  .requiredOption(
    '--bucket <name>',
    "the bucket with the originals; '/avatars/*=NAME' for those of one path pattern",
    several,
  )
  .option('--region <name>', 'where the bucket is (default: AWS_REGION, else the assembly says)')
  .option('--endpoint <url>', 'an S3-compatible store in place of S3')
  .option('--cache <where>', 'memory:256mb, redis://… or rediss://…', 'memory:256mb')
  .option('--function <arn>', 'render with the deployed function, not on this machine')
  .option('--renders <n>', 'how many renders run at once (default: one for each processor)', count)
  .option('--queue <n>', 'how many more may wait before the answer is 503 (default: 16 for each)', count)
  .option('--signing-keys <file>', 'the keys of a signed assembly (default: EDGECROP_SIGNING_KEYS)')
  .option('--port <n>', 'the port to listen on, 0 for any', port, 8787)
  .option('--host <h>', 'the address to listen on, 0.0.0.0 for all', '127.0.0.1')
  .addHelpText(
    'after',
    `
Examples:
  npm run edge -- --assembly cdk.out --bucket photos
  npm run edge -- --assembly cdk.out --bucket photos --cache redis://localhost:6379 --host 0.0.0.0
  npm run edge -- --assembly cdk.out --bucket photos --endpoint http://minio:9000 --region us-east-1

Credentials are those that the AWS SDK finds. Logs are JSON, one object a line, on stdout.`,
  );

async function main({ signingKeys: file, ...options }: ServeOptions, signal: AbortSignal): Promise<void> {
  const { defaultValue: bucket, byPattern: bucketsByPattern } = parsePerPatternOption(options.bucket);
  const text = process.env.EDGECROP_SIGNING_KEYS;
  const edge = await startSelfHostedEdge({
    ...options,
    bucket,
    bucketsByPattern,
    ...(file ? { signingKeys: { file } } : text && { signingKeys: { text } }),
    warn: (line) => logger.warn(line),
    info: (line) => logger.info(line),
    functionLog: (line) => logger.info({ function: parsed(line) }),
  });
  const end = async () => {
    logger.info('ending: what has begun is finished');
    await edge.close();
    logger.info('ended');
  };
  // Without a file there is nothing to read again, and the signal ends the edge as it ends any program.
  if (file) process.on('SIGHUP', () => edge.reloadKeys());
  if (signal.aborted) return end();
  signal.addEventListener('abort', () => void end().catch(fail), { once: true });
  logger.info({ url: edge.url, bucket: options.bucket, cache: options.cache }, 'ready');
}

/** The function prints JSON, and now and then something else. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

function fail(error: unknown): void {
  if (error instanceof UserError) logger.fatal(error.message);
  else logger.fatal(error);
  process.exitCode = 1;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Two signals in less than this are one: npm hands on what the terminal has sent to all already. */
const ONE_SIGNAL_MILLISECONDS = 1000;

const ending = new AbortController();
let asked = 0;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    asked ||= Date.now();
    // Who asks again does not want to wait.
    if (Date.now() - asked > ONE_SIGNAL_MILLISECONDS) process.exit(1);
    ending.abort();
  });
}

program.parse();
main(program.opts<ServeOptions>(), ending.signal).catch(fail);
