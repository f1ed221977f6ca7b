import { createHash } from 'node:crypto';
import type { TypeSettings } from '../../lambda/contract/settings';
import type { CroppingSettings } from '../configuration/cropping-options';

/** The version in the cache key: in general, and of the types that need their own. */
export interface Versions {
  readonly v: string;
  readonly typeVersions: Readonly<Record<string, string>>;
}

/**
 * Versions what a crop's pixels depend on and its URL does not say: the code that draws, sharp, and settings.
 * What a type or the settings say about a parameter is not in it, because the viewer-request function writes that
 * into the cache key. So a new or changed type leaves the cached crops of all others alone.
 *
 * @param drawing a hash of the code that draws and of sharp's version
 * @returns eight hex digits each
 */
export function versionsOf(settings: CroppingSettings, drawing: string): Versions {
  const { background, effort, limits, bodyLength, originals, heic } = settings;
  // An original that was cached in place of a crop must not be served any longer once originals are denied.
  const common = { drawing, limits, bodyLength, isDenied: originals === 'deny', ...(heic && { heic }) };
  return {
    v: hash({ ...common, background, effort }),
    typeVersions: Object.fromEntries(
      Object.entries(settings.types)
        .filter(hasOwnPixels)
        .map(([name, { effort: own = effort, watermark, sharpen }]) => [
          name,
          hash({
            ...common,
            background,
            effort: own,
            ...(watermark && { watermark }),
            ...(sharpen && { sharpen }),
          }),
        ]),
    ),
  };
}

/**
 * Identifies what the two functions have to agree on. As a part of the viewer-request function's id it makes a new
 * function of each change, so that one update of the distribution switches both.
 */
export function agreementId({ types, quality }: CroppingSettings, versions: Versions): string {
  return hash({ types, quality, ...versions });
}

/** Whether a type has settings that change pixels and that no URL has. */
function hasOwnPixels([, { effort, watermark, sharpen }]: readonly [string, TypeSettings]): boolean {
  return effort !== undefined || watermark !== undefined || sharpen === 'mild';
}

function hash(value: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 8);
}

/** The same order of keys, whatever order the options were written in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
}
