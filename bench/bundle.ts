import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readAssembly, servedBehaviors } from '../edge/assembly/assembly';
import { synthesise } from '../edge/local/synthesise';

/**
 * Synthesises an app that decodes HEIC.
 *
 * @param directory an empty one
 * @returns the function's `index.mjs`
 */
export async function synthesiseWithHeic(directory: string): Promise<string> {
  const folder = join(directory, 'app');
  mkdirSync(folder);
  const loader = pathToFileURL(require.resolve('tsx')).href;
  const app = `"${process.execPath}" --import "${loader}" "${join(__dirname, '../bin/cdk-app.ts')}"`;
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app, context: { edgecrop: { heic: true } } }));
  const output = join(directory, 'assembly');
  await synthesise({ output, folder });
  return join(servedBehaviors(readAssembly(output))[0]?.originResponse?.assetFolder ?? '', 'index.mjs');
}
