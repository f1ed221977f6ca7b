import { createRequire } from 'node:module';

/** A picture on its way through sharp. */
export type { Sharp } from 'sharp';

export type SharpModule = typeof import('sharp')['default'];

/** One loader for each format that we crop. libvips has many more, and they stay blocked. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff'].map(
  (name) => `VipsForeignLoad${name}Buffer`,
);

/** The only place that loads sharp; the files beside it are handed the module. */
export async function loadSharp(): Promise<SharpModule> {
  // Faster than `import`, which resolves sharp's files asynchronously.
  const sharp = createRequire(import.meta.url)('sharp') as SharpModule;
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  // Each picture comes once, so libvips' cache of operations would only take memory.
  sharp.cache(false);
  return sharp;
}
