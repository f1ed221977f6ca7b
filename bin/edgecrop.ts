#!/usr/bin/env node
import { Command } from 'commander';
import { UserError } from '../errors/user-error';

/** Loaded when they are asked for: together they need every SDK client of the project. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  dev: async () => (await import('./commands/dev')).createDevCommand(),
  serve: async () => (await import('./commands/serve')).createServeCommand(),
  nginx: async () => (await import('./commands/nginx')).createNginxCommand(),
  keys: async () => (await import('./commands/keys')).createKeysCommand(),
  conformance: async () => (await import('./commands/conformance')).createConformanceCommand(),
  cost: async () => (await import('./commands/cost')).createCostCommand(),
  doctor: async () => (await import('./commands/doctor')).createDoctorCommand(),
};

async function main(args: readonly string[]): Promise<void> {
  const program = new Command('edgecrop')
    .description('Crops images at the CloudFront edge, and on this machine.')
    .addHelpText('after', '\nOptions of a command: edgecrop COMMAND --help');
  const named = COMMANDS[args[0] ?? ''];
  for (const load of named ? [named] : Object.values(COMMANDS)) program.addCommand(await load());
  await program.parseAsync(args, { from: 'user' });
}

// package.json says which Node this project needs; the SDK's own reminder would stand above every answer.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

main(process.argv.slice(2)).catch((error: unknown) => {
  const reason = error instanceof UserError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`edgecrop: ${reason}\n`);
  process.exitCode = 1;
});
