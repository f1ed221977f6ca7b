// sharp and nothing else, with the encoder settings it is given. Usage: fork with a file or a URL, and JSON.
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { serve } from './serve.mjs';

const [, , source, encoding] = process.argv;
const settings = JSON.parse(encoding);
sharp.concurrency(1);
sharp.cache(false);
const bytes = source.startsWith('http:') ? undefined : readFileSync(source);
const read = async () => bytes ?? Buffer.from(await (await fetch(source)).arrayBuffer());

serve(async ({ format, width, height }) =>
  sharp(await read())
    .autoOrient()
    .resize(width, height, { fit: 'cover' })
    .toFormat(format, settings)
    .toBuffer(),
);
