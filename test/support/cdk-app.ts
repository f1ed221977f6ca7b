import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROJECT = join(__dirname, '../..');

export interface CdkAppOptions {
  /** The folder for the cloud assembly. */
  readonly output: string;
  /**
   * The folder of the app's `cdk.json`.
   *
   * @default - this project
   */
  readonly folder?: string;
  /**
   * What stands under `edgecrop` in the context.
   *
   * @default - what `cdk.json` says
   */
  readonly configuration?: object;
}

/**
 * Runs the app of a `cdk.json` as `cdk synth` does, without the CDK's command line, which takes longer than the app.
 * test/docs/commands.e2e.test.ts compares the two.
 */
export async function synthesiseApp(options: CdkAppOptions): Promise<void> {
  const { output, folder = PROJECT, configuration } = options;
  const { app, context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')) as {
    readonly app: string;
    readonly context?: object;
  };
  const all = {
    ...context,
    ...(configuration && { edgecrop: configuration }),
    // What the command line adds.
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:bundling-stacks': ['**'],
  };
  await promisify(execFile)('bash', ['-c', app], {
    cwd: folder,
    env: { ...process.env, CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify(all) },
  });
}
