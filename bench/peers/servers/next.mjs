// What next/image draws with, without its cache. Usage: fork with a file.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { serve } from './serve.mjs';

const { optimizeImage } = createRequire(import.meta.url)('next/dist/server/image-optimizer/transform.js');
sharp.concurrency(1);
sharp.cache(false);
const buffer = readFileSync(process.argv[2]);

serve(({ format, width, height }) =>
  // Its own limit of 7 seconds would fail where four encodes share two cores.
  optimizeImage({
    buffer,
    contentType: `image/${format}`,
    quality: 80,
    width,
    height,
    concurrency: 1,
    timeoutInSeconds: 60,
  }),
);
