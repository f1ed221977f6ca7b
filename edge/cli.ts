import { createServer } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import { readByPattern } from './by-pattern';
import { port, several } from './cli-options';
import { startEdge } from './edge';
import { exampleUrls, requireImages } from './images';
import type { Log } from './message';
import { listenError } from './server';
import { synthesise } from './synthesise';
import { UserError } from './user-error';

interface CliOptions {
  readonly images?: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly assembly?: string;
  readonly verbose?: boolean;
}

const PROJECT = join(__dirname, '..');

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
  .option('--verbose', 'show what the function prints');

async function main(options: CliOptions, signal: AbortSignal): Promise<void> {
  const say: Log = (line) => process.stdout.write(`${line}\n`);
  const complain: Log = (line) => process.stderr.write(`edgecrop: ${line}\n`);

  // Said before the seconds that synthesising takes, not after them.
  const { main: images = 'samples/images', patterns: imagesOf } = readByPattern(options.images ?? []);
  for (const folder of [images, ...imagesOf.values()]) await requireImages(folder);
  await requireFreePort(options.host, options.port);

  const assembly = options.assembly ?? join(PROJECT, 'cdk.out');
  if (!options.assembly) {
    say('edgecrop: synthesising the stack into cdk.out …');
    await synthesise({ output: assembly, signal });
  }
  const edge = await startEdge({
    assembly,
    images,
    imagesOf,
    port: options.port,
    host: options.host,
    log: complain,
    ...(options.verbose && { functionLog: (line: string) => complain(`function: ${line}`) }),
  });
  signal.addEventListener('abort', () => void edge.close(), { once: true });
  if (signal.aborted) return edge.close();

  say(`edgecrop: ready on ${edge.url}`);
  for (const url of await exampleUrls(edge.url, images, edge.pathOf)) say(`  ${url}`);
}

async function requireFreePort(host: string, number: number): Promise<void> {
  if (number === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(number, host, resolve));
    await new Promise((resolve) => server.close(resolve));
  } catch (error) {
    throw listenError(error, host, number);
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
  process.stderr.write(`edgecrop: ${reason}\n`);
  process.exitCode = 1;
});
