import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionSettings } from '../../lambda/contract/settings';

/** What the functions import as `edgecrop-settings`; esbuild puts the file in its place. */
export const SETTINGS_MODULE = 'edgecrop-settings';

/**
 * Writes the settings where a bundler can read them. A file, and not esbuild's `define`: quotes in an
 * argument do not survive every Windows shell.
 *
 * @returns its absolute path
 */
export function writeSettingsFile(scope: Construct, settings: FunctionSettings): string {
  const outdir = Stage.of(scope)?.outdir;
  if (outdir === undefined) throw new Error(`${scope.node.path}: must be part of a CDK app`);
  const json = JSON.stringify(settings);
  // By its content: what two croppings have in common is bundled once.
  const file = resolve(
    outdir,
    `settings.${createHash('sha256').update(json).digest('hex').slice(0, 16)}.json`,
  );
  writeFileSync(file, json);
  return file;
}
