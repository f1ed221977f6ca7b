import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const settingsSchema = z.object({
  types: z.record(
    z.string(),
    // A watermark is no value of a parameter.
    z
      .object({ locked: z.array(z.string()).optional(), watermark: z.transform(() => undefined).optional() })
      .catchall(z.union([z.string(), z.number(), z.boolean()])),
  ),
  quality: z.number(),
  snap: z.object({ w: z.array(z.number()).optional() }).optional(),
  signing: z.boolean().optional(),
  heic: z.boolean().optional(),
  missing: z.object({ key: z.string() }).optional(),
});

/** The part of a deployer's configuration that the edge and its playground know. */
export type AssemblySettings = z.output<typeof settingsSchema>;

/**
 * Reads the settings of a function, which are a file in its asset.
 *
 * @param assetFolder of the origin-response function
 * @returns undefined if there are none that can be read
 */
export function readAssemblySettings(assetFolder: string): AssemblySettings | undefined {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(join(assetFolder, 'settings.json'), 'utf8')));
  } catch {
    return undefined;
  }
}
