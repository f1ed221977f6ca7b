// ipx over a folder or HTTP. Usage: fork with a file or a URL. AVIF at its own default quality, the rest at 80.
import { basename, dirname } from 'node:path';
import { createIPX, ipxFSStorage, ipxHttpStorage } from 'ipx';
import sharp from 'sharp';
import { serve } from './serve.mjs';

const original = process.argv[2];
const isUrl = original.startsWith('http:');
sharp.concurrency(1);
sharp.cache(false);
const ipx = createIPX({
  storage: isUrl ? ipxHttpStorage({ allowAllDomains: true }) : ipxFSStorage({ dir: dirname(original) }),
});
const id = isUrl ? original : basename(original);

serve(async ({ format, width, height }) => {
  const quality = format === 'avif' ? {} : { quality: '80' };
  const modifiers = { resize: `${width}x${height}`, fit: 'cover', format, ...quality };
  const { data } = await ipx(id, modifiers).process();
  return data;
});
