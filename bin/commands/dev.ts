import { join } from 'node:path';
import { Command } from 'commander';
import { parsePerPatternOption } from '../../edge/assembly/per-pattern-options';
import { startDevEdge } from '../../edge/dev-edge';
import { toListenError } from '../../edge/http/listen-error';
import { exampleUrls } from '../../edge/local/example-urls';
import { listPictures, requireImages } from '../../edge/local/image-folder';
import { createProgress, type Progress } from '../../edge/local/progress';
import { synthesise } from '../../edge/local/synthesise';
import { terminalColours } from '../../edge/local/terminal-colours';
import { UserError } from '../../errors/user-error';
import { signUrl } from '../../signing/sign';
import { functionLine, readyLines, requestLine } from './dev-output';
import { findFreePort, tryPort } from './free-port';
import { collect, parsePort, withExample } from './options';

interface DevOptions {
  readonly images?: readonly string[];
  readonly port?: number;
  readonly host: string;
  readonly assembly?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const PORT = 8787;
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
    .option(
      '--port <n>',
      `the port to listen on, 0 for any (default: ${PORT}, or the next that is free)`,
      parsePort,
    )
    .option('--host <h>', 'the address to listen on', '127.0.0.1')
    .option('--assembly <dir>', 'a synthesised cloud assembly (default: synthesise one into cdk.out)')
    .option('--quiet', 'print no line for each request')
    .option('--verbose', 'print what the functions log, too')
    .configureOutput(withExample('edgecrop dev --images ~/Pictures --port 0'))
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
  const port = await choosePort(options.host, options.port);
  if (options.port === undefined && port !== PORT)
    print(`edgecrop: port ${PORT} is in use, so it is ${port}`);

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
      port,
      host: options.host,
      log: printError,
      playground: true,
      signUrl,
      ...(!options.quiet && {
        onRequest: (entry) => print(requestLine(entry, terminalColours(process.stdout))),
      }),
      ...(options.verbose && {
        functionLog: (line: string) => printError(`function: ${functionLine(line)}`),
      }),
    });
  });
  signal.addEventListener('abort', () => void edge.close(), { once: true });
  if (signal.aborted) return edge.close();

  const { signingKeys } = edge;
  const paths = await listPictures(images, edge.pathOfKey);
  const examples = exampleUrls(edge.url, paths);
  const ready = readyLines(
    {
      url: edge.url,
      playground: edge.playground,
      examples: signingKeys ? examples.map((url) => signUrl(url, signingKeys.current)) : examples,
      images,
      pictures: paths.length,
      isSigned: signingKeys !== undefined,
    },
    terminalColours(process.stdout),
  );
  for (const line of ready) print(line);
}

/** Clears the progress line before anything else is printed, be it an error. */
async function withProgress<T>(progress: Progress, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    progress.stop();
  }
}

/** Without `--port` the next free one; the port that was asked for, or none. */
async function choosePort(host: string, asked: number | undefined): Promise<number> {
  try {
    if (asked === undefined) return await findFreePort(host, PORT);
    await tryPort(host, asked);
    return asked;
  } catch (error) {
    throw toListenError(error, host, asked ?? PORT);
  }
}
