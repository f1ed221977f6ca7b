import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, transformSync } from 'esbuild';
import type { CroppingSettings } from '../configuration/cropping-options';

const ENTRY = join(__dirname, '../../lambda/origin-response/render/version-inputs.ts');

/**
 * The version of the pixels that a deployment renders, for the cache key: eight hex digits over the
 * minified code that draws, sharp's version and the settings that drawing follows. Comments, names and
 * types are not in it, nor is the folder or the machine.
 *
 * @param entry for tests: the module in place of the real one
 */
export function pixelVersion(configured: CroppingSettings, entry: string = ENTRY): string {
  const [script] = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['sharp'],
  }).outputFiles;
  // In a second pass: beside the sources, esbuild names what it minifies by the letters of the types as well.
  const { code } = transformSync(script?.text ?? '', { minify: true, target: 'node20' });
  const { quality, background, limits, bodyLength, originals } = configured;
  // What a URL may not say changes no pixel.
  const types = Object.fromEntries(
    Object.entries(configured.types).map(([name, { locked, ...type }]) => [name, type]),
  );
  // An original that was cached in a crop's place must not outlive the day when originals are denied.
  const denial = originals === 'deny' ? { originals } : {};
  return createHash('sha256')
    .update(code)
    .update(sharpVersion())
    .update(JSON.stringify(sorted({ types, quality, background, limits, bodyLength, ...denial })))
    .digest('hex')
    .slice(0, 8);
}

function sharpVersion(): string {
  const lock = JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const version = lock.packages['node_modules/sharp']?.version;
  if (version === undefined)
    throw new Error('package-lock.json: got no sharp, allowed: one, run npm install');
  return version;
}

/** The same order of keys whatever order the configuration was written in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
}
