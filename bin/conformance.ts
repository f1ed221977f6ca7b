import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { createClient } from '../conformance/client';
import { createContext } from '../conformance/context';
import { drawObjects } from '../conformance/objects';
import { failures, runConformance } from '../conformance/run';
import { createBucket, createFolder, putObjects } from '../conformance/store';
import { printTable } from '../conformance/table';
import { createProgress } from '../edge/local/progress';
import { readSigningKeys } from '../signing/signing-keys';

interface RunCommand {
  readonly bucket?: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly prefix: string;
  readonly prepared?: boolean;
  readonly signingKeys?: string;
}

const PREFIX = [
  '--prefix <prefix>',
  'in front of every key of a test object',
  prefix,
  'conformance/',
] as const;

/** What could not be run at all, as against 1 for what ran and failed. */
const UNUSABLE = 2;

const program = new Command('conformance').exitOverride(({ exitCode }) =>
  // A misspelt option is no failed check either.
  process.exit(exitCode === 0 ? 0 : UNUSABLE),
);

program
  .command('run', { isDefault: true })
  .description('Runs the checks against a deployment and prints a table.')
  .argument('<url>', 'the distribution', url)
  .option('--bucket <name>', 'put the test objects into this bucket')
  .option('--region <region>', 'where the bucket is', 'us-east-1')
  .option('--endpoint <url>', 'an S3-compatible store in place of Amazon S3')
  .option(...PREFIX)
  .option('--prepared', 'the test objects are there already')
  .option('--signing-keys <file>', 'sign every URL with the current key of this file')
  .addHelpText(
    'after',
    `
Examples:
  npm run conformance -- https://d111111abcdef8.cloudfront.net --bucket BUCKET
  npm run conformance -- http://127.0.0.1:8787 --prepared

Ends with 0 if all checks passed, 1 if one failed, 2 if they could not be run.`,
  )
  .action(run);

program
  .command('prepare')
  .description('Writes the test objects as files, for `npm start -- --images DIR`.')
  .addHelpText('after', '\nExample:\n  npm run conformance -- prepare /tmp/objects')
  .argument('<dir>', 'the folder')
  .option(...PREFIX)
  .action(async (dir: string, options: { readonly prefix: string }) => {
    await putObjects(createFolder(dir), await drawObjects(), options.prefix);
  });

async function run(base: URL, options: RunCommand): Promise<void> {
  if ((options.bucket === undefined) === (options.prepared === undefined)) {
    return program.error('say either --bucket NAME or --prepared', { exitCode: UNUSABLE });
  }
  const progress = createProgress(process.stderr);
  progress.update('drawing the test objects');
  const objects = await drawObjects();
  const bucket =
    options.bucket === undefined
      ? undefined
      : createBucket({
          name: options.bucket,
          region: options.region,
          ...(options.endpoint && { endpoint: options.endpoint }),
        });
  const client = createClient(base);
  try {
    if (bucket !== undefined) {
      progress.update('putting the test objects into the bucket');
      await putObjects(bucket, objects, options.prefix);
    }
    const { prefix } = options;
    const keys =
      options.signingKeys === undefined
        ? undefined
        : readSigningKeys(readFileSync(options.signingKeys, 'utf8'), options.signingKeys);
    const context = createContext({
      ...{ ask: client.ask, objects, prefix },
      ...(bucket && { bucket }),
      ...(keys && { signingKey: keys.current }),
    });
    // Sixty reasons that all mean this would tell less.
    const { status, headers } = await context.ask(context.original('compass'));
    if (status !== 200) {
      const path = context.original('compass');
      // A distribution sends plain HTTP elsewhere.
      const hint = headers.location ? `use ${headers.location}` : 'are the test objects there?';
      progress.stop();
      return program.error(`${path} was answered ${status}: ${hint}`, { exitCode: UNUSABLE });
    }
    const report = await runConformance(context, { onNext: (name) => progress.update(name) });
    progress.stop();
    process.stdout.write(printTable(report));
    if (headers['x-cache']?.endsWith(' edgecrop')) {
      process.stdout.write(
        "This is the edge on one machine: its probes tell its own rules, not CloudFront's.\n",
      );
    }
    if (failures(report).length > 0) process.exitCode = 1;
  } finally {
    progress.stop();
    client.close();
  }
}

function url(text: string): URL {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new InvalidArgumentError('it begins with https:// or http://.');
  }
  if (parsed.pathname !== '/') throw new InvalidArgumentError('a path belongs into --prefix.');
  return parsed;
}

function prefix(text: string): string {
  if (/^[\w./-]*$/.test(text) && !text.startsWith('/')) return text;
  throw new InvalidArgumentError('letters, digits and `._-/`, not beginning with a slash.');
}

// On Node 20 the SDK prints a reminder above the table.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = UNUSABLE;
});
