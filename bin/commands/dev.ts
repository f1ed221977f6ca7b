import { createServer } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import { parsePerPatternOption } from '../../edge/assembly/per-pattern-options';
import { startDevEdge } from '../../edge/dev-edge';
import { toListenError } from '../../edge/http/listen-error';
import { exampleUrls } from '../../edge/local/example-urls';
import { requireImages } from '../../edge/local/image-folder';
import { createProgress, type Progress } from '../../edge/local/progress';
import { synthesise } from '../../edge/local/synthesise';
import { terminalColours } from '../../edge/local/terminal-colours';
import { UserError } from '../../errors/user-error';
import { signUrl } from '../../signing/sign';
import { collect, parsePort } from './options';

interface DevOptions {
  readonly images?: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly assembly?: string;
  readonly verbose?: boolean;
}

const PROJECT = join(__dirname, '../..');

/** `edgecrop dev`: the distribution over a folder of images, with the playground. */
export function createDevCommand(): Command {
  return new Command('dev')
    .description('Serves the synthesised distribution on this machine, over a folder of images.')
    .option(
      '--images <dir>',
      "the folder with the originals (default: samples/images); '/avatars/*=DIR' for the paths of one pattern",
      collect,
    )
    .option('--port <n>', 'the port to listen on, 0 for any', parsePort, 8787)
    .option('--host <h>', 'the address to listen on', '127.0.0.1')
    .option('--assembly <dir>', 'a synthesised cloud assembly (default: synthesise one into cdk.out)')
    .option('--verbose', 'print what the functions log')
    .addHelpText(
      'after',
      `
Examples:
  edgecrop dev                                  the samples, and a playground to try crops in
  edgecrop dev --images ~/Pictures --port 0     your own folder, any free port
  edgecrop dev --assembly cdk.out --verbose     without synthesising again, with the functions' log

In the repository: npm start -- --images ~/Pictures
For production: edgecrop serve --help`,
    )
    .action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort());
  const { red } = terminalColours(process.stderr);
  try {
    await serve(options, (line) => process.stderr.write(`${red('edgecrop:')} ${line}\n`), ending.signal);
  } catch (error) {
    // An interrupted start fails in the middle of whatever it did: not worth a message.
    if (ending.signal.aborted) return;
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${red('edgecrop:')} ${error.message}\n`);
    process.exitCode = 1;
  }
}

async function serve(
  options: DevOptions,
  printError: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const progress = createProgress(process.stdout);

  // Checked before the seconds that synthesising takes, not after them.
  const { defaultValue: images = 'samples/images', byPattern: imagesByPattern } = parsePerPatternOption(
    options.images ?? [],
  );
  for (const folder of [images, ...imagesByPattern.values()]) await requireImages(folder);
  await requireFreePort(options.host, options.port);

  const assembly = options.assembly ?? join(PROJECT, 'cdk.out');
  const edge = await withProgress(progress, async () => {
    if (!options.assembly) {
      if (!process.stdout.isTTY) print('edgecrop: synthesising the stack into cdk.out …');
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
      log: printError,
      playground: true,
      ...(options.verbose && { functionLog: (line: string) => printError(`function: ${line}`) }),
    });
  });
  signal.addEventListener('abort', () => void edge.close(), { once: true });
  if (signal.aborted) return edge.close();

  const { bold, cyan, dim } = terminalColours(process.stdout);
  print(`edgecrop: ready on ${bold(edge.url)}`);
  const { signingKeys } = edge;
  if (signingKeys) {
    print('  Only signed URLs are answered, with a key that ends with this run; the playground cannot sign.');
  }
  if (edge.playground) print(`  ${bold(cyan(edge.playground))}  ${dim('the playground')}`);
  for (const url of await exampleUrls(edge.url, images, edge.pathOfKey)) {
    print(`  ${cyan(signingKeys ? signUrl(url, signingKeys.current) : url)}`);
  }
}

/** Clears the progress line before anything else is printed, be it an error. */
async function withProgress<T>(progress: Progress, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    progress.stop();
  }
}

async function requireFreePort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    await new Promise((resolve) => server.close(resolve));
  } catch (error) {
    throw toListenError(error, host, port);
  }
}
