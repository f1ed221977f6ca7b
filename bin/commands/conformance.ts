import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { createClient } from '../../conformance/harness/client';
import { createContext } from '../../conformance/harness/context';
import { startLocalDeployment } from '../../conformance/local-deployment';
import { drawObjects, type TestObjects } from '../../conformance/objects/objects';
import { type Bucket, createBucket, createFolder, putObjects } from '../../conformance/objects/store';
import { failures, runConformance } from '../../conformance/run';
import { printTable } from '../../conformance/table';
import { createProgress, type Progress } from '../../edge/local/progress';
import { synthesise } from '../../edge/local/synthesise';
import { UserError } from '../../errors/user-error';
import { readSigningKeys, type SigningKeys } from '../../signing/signing-keys';
import { parseUrl, withExample } from './options';

interface RunOptions {
  readonly assembly?: string;
  readonly bucket?: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly prefix: string;
  readonly prepared?: boolean;
  readonly signingKeys?: string;
}

interface Deployment {
  readonly url: URL;
  /** Where objects can be put; undefined where they have been prepared. */
  readonly bucket: Bucket | undefined;
  /** What the objects are written to, for a line before it happens. */
  readonly target: string | undefined;
  readonly signingKey: string | undefined;
  close(): Promise<void>;
}

const PREFIX = ['--prefix <prefix>', 'the prefix of every test object', parsePrefix, 'conformance/'] as const;

/** The checks could not be run at all; 1 means that one of them failed. */
const UNUSABLE = 2;

/** `edgecrop conformance`: whether a deployment answers as promised. */
export function createConformanceCommand(): Command {
  const run = new Command('run')
    .description('Checks a deployment, or without a URL one that it starts on this machine.')
    .argument('[url]', 'the distribution', parseBaseUrl)
    .option('--assembly <dir>', 'without a URL: the cloud assembly to serve (default: synthesise one)')
    .option('--bucket <name>', 'write the test objects into this bucket')
    .option('--region <region>', 'the region of the bucket', 'us-east-1')
    .option('--endpoint <url>', 'an S3-compatible store in place of Amazon S3')
    .option(...PREFIX)
    .option('--prepared', 'the test objects are in place already')
    .option('--signing-keys <file>', 'sign every URL with the current key of this file')
    .configureOutput(
      withExample('edgecrop conformance https://d111111abcdef8.cloudfront.net --bucket BUCKET'),
    )
    .addHelpText(
      'after',
      `
Examples:
  edgecrop conformance
  edgecrop conformance https://d111111abcdef8.cloudfront.net --bucket BUCKET
  edgecrop conformance http://127.0.0.1:8787 --prepared

Exits with 0 if every check passed, 1 if one failed, 2 if they could not be run.`,
    )
    .action((url: URL | undefined, options: RunOptions) => unusableOnError(() => check(url, options)));

  const prepare = new Command('prepare')
    .description('Writes the test objects as files, for a server that reads a folder.')
    .configureOutput(withExample('edgecrop conformance prepare /tmp/objects'))
    .addHelpText('after', '\nExample:\n  edgecrop conformance prepare /tmp/objects')
    .argument('<dir>', 'the folder')
    .option(...PREFIX)
    .action((dir: string, { prefix }: { readonly prefix: string }) =>
      unusableOnError(async () => putObjects(createFolder(dir), await drawObjects(), prefix)),
    );

  const conformance = new Command('conformance').description('Checks that a deployment answers as promised.');
  for (const command of [run, prepare]) {
    // A misspelt option is not a failed check.
    command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : UNUSABLE));
  }
  return conformance.addCommand(run, { isDefault: true }).addCommand(prepare);
}

async function check(url: URL | undefined, options: RunOptions): Promise<void> {
  requireOneSource(url, options);
  const keys =
    options.signingKeys === undefined
      ? undefined
      : readSigningKeys(readFileSync(options.signingKeys, 'utf8'), options.signingKeys);
  const progress = createProgress(process.stderr);
  try {
    progress.update('drawing the test objects');
    const objects = await drawObjects();
    const deployment =
      url === undefined ? await startHere(options, keys, progress) : reach(url, options, keys);
    try {
      await checkDeployment(deployment, objects, options.prefix, progress);
    } finally {
      await deployment.close();
    }
  } finally {
    progress.stop();
  }
}

function requireOneSource(url: URL | undefined, { bucket, prepared, assembly }: RunOptions): void {
  if (url === undefined) {
    if (bucket === undefined && prepared === undefined) return;
    throw new UserError('--bucket and --prepared: got no URL, allowed: the URL of the deployment');
  }
  if (assembly !== undefined) throw new UserError('--assembly: got a URL too, allowed: one of them');
  if ((bucket === undefined) === (prepared === undefined)) {
    throw new UserError('a URL needs either --bucket NAME or --prepared');
  }
}

async function startHere(
  options: RunOptions,
  keys: SigningKeys | undefined,
  progress: Progress,
): Promise<Deployment> {
  const temporary = await mkdtemp(join(tmpdir(), 'edgecrop-assembly-'));
  const removeTemporary = () => rm(temporary, { recursive: true, force: true });
  try {
    if (options.assembly === undefined) {
      progress.update('synthesising the stack');
      await synthesise({ output: temporary });
    }
    progress.update('starting the edge');
    const local = await startLocalDeployment(options.assembly ?? temporary, keys);
    return {
      ...local,
      target: undefined,
      close: async () => {
        await local.close();
        await removeTemporary();
      },
    };
  } catch (error) {
    await removeTemporary();
    throw error;
  }
}

function reach(
  url: URL,
  { bucket: name, region, endpoint }: RunOptions,
  keys: SigningKeys | undefined,
): Deployment {
  const bucket =
    name === undefined ? undefined : createBucket({ name, region, ...(endpoint && { endpoint }) });
  return {
    url,
    bucket,
    target: name === undefined ? undefined : `the bucket ${name}`,
    signingKey: keys?.current,
    close: async () => {},
  };
}

async function checkDeployment(
  { url, bucket, target, signingKey }: Deployment,
  objects: TestObjects,
  prefix: string,
  progress: Progress,
): Promise<void> {
  const client = createClient(url);
  try {
    if (bucket !== undefined) {
      if (target !== undefined) {
        progress.stop();
        const count = Object.keys(objects).length;
        process.stderr.write(`writing ${count} test objects under ${prefix} into ${target}\n`);
      }
      progress.update('writing the test objects');
      await putObjects(bucket, objects, prefix);
    }
    const context = createContext({
      ...{ ask: client.ask, objects, prefix },
      ...(bucket && { bucket }),
      ...(signingKey !== undefined && { signingKey }),
    });
    // Without this, a missing object would fail every check for the same reason.
    const path = context.original('compass');
    const { status, headers } = await context.ask(path);
    if (status !== 200) {
      // A distribution redirects plain HTTP.
      const hint = headers.location
        ? `use ${headers.location}`
        : status === 501
          ? 'no behavior crops this path; --prefix is where one does, as photos/conformance/'
          : 'are the test objects there?';
      throw new UserError(`${path} was answered ${status}: ${hint}`);
    }
    const report = await runConformance(context, { onNext: (name) => progress.update(name) });
    progress.stop();
    process.stdout.write(printTable(report));
    if (headers['x-cache']?.endsWith(' edgecrop')) {
      process.stdout.write(
        "This edge runs on one machine: its probes show its own rules, not CloudFront's.\n",
      );
    }
    if (failures(report).length > 0) process.exitCode = 1;
  } finally {
    client.close();
  }
}

async function unusableOnError(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`edgecrop: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = UNUSABLE;
  }
}

function parseBaseUrl(text: string): URL {
  const url = parseUrl(text);
  if (url.pathname !== '/') throw new InvalidArgumentError('A path belongs into --prefix.');
  return url;
}

function parsePrefix(text: string): string {
  if (/^[\w./-]*$/.test(text) && !text.startsWith('/')) return text;
  throw new InvalidArgumentError('Allowed: letters, digits and ._-/, without a slash at the beginning.');
}
