// libvips' own command, a process for each picture. Usage: fork with a file.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { serve } from './serve.mjs';

const run = promisify(execFile);
const file = process.argv[2];
const env = { ...process.env, VIPS_CONCURRENCY: '1' };
const SUFFIXES = { jpeg: '.jpg[Q=80,strip]', webp: '.webp[Q=80,strip]', avif: '.avif[Q=50,strip]' };

serve(async ({ format, width, height }) => {
  const size = ['--size', `${width}x${height}`, '--smartcrop', 'centre'];
  const options = { env, encoding: 'buffer', maxBuffer: 50_000_000 };
  const { stdout } = await run('vipsthumbnail', [file, ...size, '-o', SUFFIXES[format]], options);
  return stdout;
}, childrenCpu);

/** Microseconds of the commands that have ended, which Linux counts in hundredths of a second. */
function childrenCpu() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10_000;
}
