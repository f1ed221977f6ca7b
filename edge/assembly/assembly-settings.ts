import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const settingsSchema = z.object({
  types: z.record(
    z.string(),
    z.object({ locked: z.array(z.string()).optional() }).catchall(z.union([z.string(), z.number()])),
  ),
  quality: z.number(),
  /** The version of the pixels. */
  v: z.string().length(8),
});

/** What a deployer has configured, as far as it helps people to write URLs. */
export type AssemblySettings = z.output<typeof settingsSchema>;

/**
 * Reads the settings that a function of an assembly was bundled with. They stand beside its template, in a
 * file that nothing deploys, with those of other functions and of earlier syntheses; the version of the pixels
 * that is in the code tells which they are.
 *
 * @param code of the viewer-request function
 * @returns undefined where there are none that can be read
 */
export function readAssemblySettings(assembly: string, code: string): AssemblySettings | undefined {
  const files = readdirSync(assembly).filter((name) => /^settings\.[0-9a-f]+\.json$/.test(name));
  return files
    .map((name) => readSettings(join(assembly, name)))
    .find((known) => known && code.includes(known.v));
}

function readSettings(file: string): AssemblySettings | undefined {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
