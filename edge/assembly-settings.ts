import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const settingsSchema = z.object({
  types: z.record(
    z.string(),
    z.object({ locked: z.array(z.string()).optional() }).catchall(z.union([z.string(), z.number()])),
  ),
  quality: z.number(),
});

/** What a deployer has configured, as far as it helps people to write URLs. */
export type AssemblySettings = z.output<typeof settingsSchema>;

/**
 * Reads the settings that the functions of an assembly were bundled with. They stand beside its template, in a
 * file that nothing deploys, so an assembly may lack it or hold another stack's as well.
 *
 * @returns undefined where there is not exactly one that can be read
 */
export function readAssemblySettings(assembly: string): AssemblySettings | undefined {
  const [file, ...others] = readdirSync(assembly).filter((name) => /^settings\.[0-9a-f]+\.json$/.test(name));
  if (file === undefined || others.length > 0) return undefined;
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(join(assembly, file), 'utf8')));
  } catch {
    return undefined;
  }
}
