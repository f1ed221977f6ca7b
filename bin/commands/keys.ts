import { Command } from 'commander';
import { UserError } from '../../errors/user-error';
import { findSigningKeysArn } from '../../signing/deployed-stack';
import { createFileStore } from '../../signing/file-store';
import {
  type CommandOptions,
  createKeys,
  listKeys,
  retireKey,
  rotateKeys,
  testUrl,
} from '../../signing/key-commands';
import type { KeyStore } from '../../signing/key-store';
import { createKvsStore } from '../../signing/kvs-store';
import { parseUrl, withExample } from './options';

interface StoreOptions {
  readonly file?: string;
  readonly kvs?: string;
  readonly stack: string;
  readonly print?: boolean;
}

/** `edgecrop keys`: the keys that URLs are signed with. */
export function createKeysCommand(): Command {
  const keys = new Command('keys').description('Manages the keys that URLs are signed with.');
  keys.addCommand(createCommand('create', 'make the first key').action(run(createKeys)));
  keys.addCommand(
    createCommand('rotate', 'make a new key and keep the previous one').action(run(rotateKeys)),
  );
  keys.addCommand(
    createCommand('retire', 'drop the previous key; URLs signed with it are refused').action(run(retireKey)),
  );
  keys.addCommand(createCommand('list', 'list the keys').action(run(listKeys)));
  keys.addCommand(
    createCommand('test', 'request a URL with and without a signature')
      .argument('<url>', 'an original or a crop of the deployment', parseUrl)
      .action(async (url: URL, options: StoreOptions) => {
        if (!(await testUrl(await openStore(options), url.href))) process.exitCode = 1;
      }),
  );
  return keys;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  create: 'edgecrop keys create --file keys.json',
  test: "edgecrop keys test 'https://d111111abcdef8.cloudfront.net/photos/cat.jpg?t=A&w=320'",
};

function createCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--stack <name>', 'the deployed stack whose store holds the keys', 'Edgecrop')
    .option('--kvs <arn>', 'a KeyValueStore, by its ARN')
    .option('--file <file>', 'a file, for an edge that you host yourself')
    .option('--print', 'print the keys themselves')
    .configureOutput(withExample(EXAMPLES[name] ?? `edgecrop keys ${name}`));
}

function run(command: (options: CommandOptions) => Promise<void>) {
  return async (options: StoreOptions) => command(await openStore(options));
}

async function openStore({ file, kvs, stack, print = false }: StoreOptions): Promise<CommandOptions> {
  if (file !== undefined && kvs !== undefined) {
    throw new UserError('--file and --kvs: got both, allowed: one of them');
  }
  const store: KeyStore =
    file === undefined ? createKvsStore(kvs ?? (await findSigningKeysArn(stack))) : createFileStore(file);
  return { store, print: (line) => process.stdout.write(`${line}\n`), showKeys: print };
}
