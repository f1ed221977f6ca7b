// Run by the bundling step on its output folder: takes out what the function never reads. The lock file
// above all: it lists the whole project, so any development dependency would change the asset's hash.
const { readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const output = process.argv[2];
const unread = [
  'package-lock.json',
  'node_modules/.package-lock.json',
  'node_modules/.bin',
  'node_modules/sharp/src',
  'node_modules/sharp/install',
];
for (const path of unread) rmSync(join(output, path), { recursive: true, force: true });
for (const path of readdirSync(join(output, 'node_modules'), { recursive: true })) {
  if (/\.(md|d\.ts|d\.mts|d\.cts|map|h)$/i.test(path))
    rmSync(join(output, 'node_modules', path), { force: true });
}
