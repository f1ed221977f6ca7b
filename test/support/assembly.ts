import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The assembly that this run has synthesised (see set-up.ts). */
export function assemblyDir(): string {
  const dir = process.env.EDGECROP_TEST_ASSEMBLY;
  if (dir === undefined) throw new Error('test/support/set-up.ts has not run');
  return dir;
}

/** The folder that is deployed as the origin-response function. */
export function functionDir(): string {
  const template = JSON.parse(readFileSync(join(assemblyDir(), 'Edgecrop.template.json'), 'utf8')) as {
    Resources: Record<string, { Type: string; Metadata: Record<string, string> }>;
  };
  const lambda = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
  const asset = lambda?.Metadata['aws:asset:path'];
  if (asset === undefined) throw new Error('the assembly has no function');
  return join(assemblyDir(), asset);
}
