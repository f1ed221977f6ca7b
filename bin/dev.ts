import { createServer } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import { parsePerPatternOption } from '../edge/assembly/per-pattern-options';
import { startDevEdge } from '../edge/dev-edge';
import { toListenError } from '../edge/http/listen-error';
import { exampleUrls } from '../edge/local/example-urls';
import { requireImages } from '../edge/local/image-folder';
import { createProgress, type Progress } from '../edge/local/progress';
import { synthesise } from '../edge/local/synthesise';
import { terminalColours } from '../edge/local/terminal-colours';
import type { Log } from '../edge/operations/log';
import { UserError } from '../errors/user-error';
import { signUrl } from '../signing/sign';
import { port, several } from './options';

interface CliOptions {
  readonly images?: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly assembly?: string;
  readonly verbose?: boolean;
}

const PROJECT = join(__dirname, '..');
const { red } = terminalColours(process.stderr);

const program = new Command('edgecrop')
  .description('Serves the synthesised CloudFront distribution on this machine, over a folder of images.')
  .option(
    '--images <dir>',
    "the folder with the originals (default: samples/images); '/avatars/*=DIR' for those of one path pattern",
    several,
  )
  .option('--port <n>', 'the port to listen on, 0 for any', port, 8787)
  .option('--host <h>', 'the address to listen on', '127.0.0.1')
  .option('--assembly <dir>', 'a synthesised cloud assembly, in place of synthesising one')
  .option('--verbose', 'show what the function prints')
  .addHelpText(
    'after',
    `
Examples:
  npm start                                      the samples, and a playground to try crops on
  npm start -- --images ~/Pictures --port 0      a folder of your own, any free port
  npm start -- --assembly cdk.out --verbose      without synthesising again, with the function's log

For production there is npm run edge -- --help`,
  );

async function main(options: CliOptions, signal: AbortSignal): Promise<void> {
  const say: Log = (line) => process.stdout.write(`${line}\n`);
  const progress = createProgress(process.stdout);
  const complain: Log = (line) => process.stderr.write(`${red('edgecrop:')} ${line}\n`);

  // Said before the seconds that synthesising takes, not after them.
  const { defaultValue: images = 'samples/images', byPattern: imagesByPattern } = parsePerPatternOption(
    options.images ?? [],
  );
  for (const folder of [images, ...imagesByPattern.values()]) await requireImages(folder);
  await requireFreePort(options.host, options.port);

  const assembly = options.assembly ?? join(PROJECT, 'cdk.out');
  const edge = await whileSaying(progress, async () => {
    if (!options.assembly) {
      if (!process.stdout.isTTY) say('edgecrop: synthesising the stack into cdk.out …');
      progress.update('synthesising the stack into cdk.out');
      await synthesise({ output: assembly, signal });
    }
    progress.update('loading the functions and the playground');
    return startDevEdge({
      assembly,
      images,
      imagesByPattern,
      port: options.port,
      host: options.host,
      log: complain,
      playground: true,
      ...(options.verbose && { functionLog: (line: string) => complain(`function: ${line}`) }),
    });
  });
  signal.addEventListener('abort', () => void edge.close(), { once: true });
  if (signal.aborted) return edge.close();

  const { bold, cyan, dim } = terminalColours(process.stdout);
  say(`edgecrop: ready on ${bold(edge.url)}`);
  const { signingKeys } = edge;
  if (signingKeys) {
    say('  only signed URLs are answered, with a key that ends with this run; the playground cannot sign');
  }
  if (edge.playground) say(`  ${bold(cyan(edge.playground))}  ${dim('the playground')}`);
  for (const url of await exampleUrls(edge.url, images, edge.pathOfKey)) {
    say(`  ${cyan(signingKeys ? signUrl(url, signingKeys.current) : url)}`);
  }
}

/** Takes the progress away before anything else is said, be it an error. */
async function whileSaying<T>(progress: Progress, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    progress.stop();
  }
}

async function requireFreePort(host: string, number: number): Promise<void> {
  if (number === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(number, host, resolve));
    await new Promise((resolve) => server.close(resolve));
  } catch (error) {
    throw toListenError(error, host, number);
  }
}

// This project says itself which Node it needs; the SDK's own reminder would stand above the ready line.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort());

program.parse();
main(program.opts<CliOptions>(), ending.signal).catch((error: unknown) => {
  if (ending.signal.aborted) return;
  const reason = error instanceof UserError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`${red('edgecrop:')} ${reason}\n`);
  process.exitCode = 1;
});
