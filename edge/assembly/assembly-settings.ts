import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const settingsSchema = z.object({
  types: z.record(
    z.string(),
    z.object({ locked: z.array(z.string()).optional() }).catchall(z.union([z.string(), z.number()])),
  ),
  quality: z.number(),
  snap: z.object({ w: z.array(z.number()).optional() }).optional(),
  signing: z.boolean().optional(),
  /** The pixel version, which is part of every cache key. */
  v: z.string().length(8),
});

/** The part of a deployer's configuration that the playground shows. */
export type AssemblySettings = z.output<typeof settingsSchema>;

/**
 * Reads the settings that a viewer-request function was bundled with, from the `settings.*.json` files beside
 * the template. The folder may hold several, of other functions or earlier syntheses; the right one has the
 * pixel version that is in the code.
 *
 * @param code the viewer-request function's
 * @returns undefined if no file matches
 */
export function readAssemblySettings(assembly: string, code: string): AssemblySettings | undefined {
  const files = readdirSync(assembly).filter((name) => /^settings\.[0-9a-f]+\.json$/.test(name));
  return files
    .map((name) => readSettings(join(assembly, name)))
    .find((settings) => settings && code.includes(settings.v));
}

function readSettings(file: string): AssemblySettings | undefined {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
