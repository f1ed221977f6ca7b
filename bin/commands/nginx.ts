import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readAssembly } from '../../edge/assembly/assembly';
import { nginxConfiguration } from '../../edge/functions/nginx/nginx-configuration';
import { withExample } from './options';

interface NginxCommandOptions {
  readonly assembly: string;
  readonly output: string;
  readonly upstream: string;
  readonly listen: string;
  readonly cachePath: string;
}

/** `edgecrop nginx`: nginx in front of the edge, with the deployed function for its cache key. */
export function createNginxCommand(): Command {
  return new Command('nginx')
    .description(
      'Writes a configuration for nginx in front of `edgecrop serve`, with one cache entry for each crop.',
    )
    .requiredOption('--assembly <dir>', 'the synthesised cloud assembly, such as cdk.out')
    .option('--output <dir>', 'where edgecrop.conf and edgecrop.js are written', '/etc/nginx/edgecrop')
    .option('--upstream <address>', 'where the edge listens', '127.0.0.1:8787')
    .option('--listen <address>', 'where nginx listens', '8080')
    .option('--cache-path <dir>', 'where nginx keeps responses', '/var/cache/nginx/edgecrop')
    .configureOutput(withExample('edgecrop nginx --assembly cdk.out --output /etc/nginx/edgecrop'))
    .addHelpText(
      'after',
      `
Examples:
  edgecrop nginx --assembly cdk.out --output /etc/nginx/edgecrop
  echo 'include /etc/nginx/edgecrop/edgecrop.conf;' > /etc/nginx/conf.d/edgecrop.conf

nginx needs the module njs (Debian: libnginx-mod-http-js).`,
    )
    .action(({ assembly, output, ...options }: NginxCommandOptions) => {
      const folder = resolve(output);
      const files = nginxConfiguration({ ...options, folder, assembly: readAssembly(assembly) });
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      process.stdout.write(`${join(folder, 'edgecrop.conf')}: include it in nginx's http block\n`);
    });
}
