// ipx over a folder. Usage: fork with a file. AVIF at its own default quality, the rest at 80.
import { basename, dirname } from 'node:path';
import { createIPX, ipxFSStorage } from 'ipx';
import sharp from 'sharp';
import { serve } from './serve.mjs';

const file = process.argv[2];
sharp.concurrency(1);
sharp.cache(false);
const ipx = createIPX({ storage: ipxFSStorage({ dir: dirname(file) }) });

serve(async ({ format, width, height }) => {
  const quality = format === 'avif' ? {} : { quality: '80' };
  const modifiers = { resize: `${width}x${height}`, fit: 'cover', format, ...quality };
  const { data } = await ipx(basename(file), modifiers).process();
  return data;
});
