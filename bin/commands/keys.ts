import { Command, InvalidArgumentError } from 'commander';
import { UserError } from '../errors/user-error';
import { findSigningKeysArn } from '../signing/deployed-stack';
import { createFileStore } from '../signing/file-store';
import {
  type CommandOptions,
  createKeys,
  listKeys,
  retireKey,
  rotateKeys,
  testUrl,
} from '../signing/key-commands';
import type { KeyStore } from '../signing/key-store';
import { createKvsStore } from '../signing/kvs-store';

interface TargetOptions {
  readonly file?: string;
  readonly kvs?: string;
  readonly stack: string;
  readonly print?: boolean;
}

type Run = (options: CommandOptions, url: string) => Promise<unknown>;

const program = new Command('keys').description('The keys that URLs are signed with: docs/signing.md.');

add('create', 'make the first key', createKeys);
add('rotate', 'make a new key; the one before stays good', rotateKeys);
add('retire', 'drop the previous key: what it has signed is refused', retireKey);
add('list', 'say which keys there are', listKeys);
add('test', 'ask for a URL with and without a signature', async (options, url) => {
  if (!(await testUrl(options, url))) process.exitCode = 1;
}).argument('<url>', 'a picture or a crop of the deployment', whole);

function add(name: string, description: string, run: Run): Command {
  return program
    .command(name)
    .description(description)
    .option('--stack <name>', 'the deployed stack', 'Edgecrop')
    .option('--kvs <arn>', 'its KeyValueStore, in place of asking the stack')
    .option('--file <file>', 'the file of an edge on a machine of your own')
    .option('--print', 'show the keys themselves')
    .action(async (...args: unknown[]) => {
      const command = args.at(-1) as Command;
      const options = command.opts<TargetOptions>();
      await run(
        {
          store: await open(options),
          say: (line) => process.stdout.write(`${line}\n`),
          print: options.print ?? false,
        },
        command.processedArgs[0] as string,
      );
    });
}

async function open({ file, kvs, stack }: TargetOptions): Promise<KeyStore> {
  if (file !== undefined && kvs !== undefined) throw new UserError('name one of --file and --kvs');
  return file === undefined
    ? createKvsStore(kvs ?? (await findSigningKeysArn(stack)))
    : createFileStore(file);
}

function whole(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new InvalidArgumentError('it begins with https:// or http://.');
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

program.parseAsync().catch((error: unknown) => {
  const reason = error instanceof UserError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`keys: ${reason}\n`);
  process.exitCode = 1;
});
