// One side of the overhead benchmark: on each message draws a number of crops, one after the other, and tells
// the CPU time of each. Usage: fork with `ours` and the bundle, or `sharp` and the file.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { captureLog, context, originResponseEvent } from './peers/servers/event.mjs';

const [, , side, path] = process.argv;

async function createOurs() {
  const { handler } = await import(pathToFileURL(path).href);
  const log = captureLog();
  return async (crop) => {
    const { body } = await handler(originResponseEvent(crop), context);
    if (!body) throw new Error(`no variant: ${JSON.stringify(log.entry)}`);
    return { bytes: Math.floor((body.length * 3) / 4), encoding: log.entry.plan.encoding };
  };
}

async function createFloor() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  const original = readFileSync(path);
  return async ({ format, width, height, encoding }) => {
    const image = sharp(original).autoOrient().resize(width, height, { fit: 'cover' });
    const { length } = await image.toFormat(format, encoding).toBuffer();
    return { bytes: length, encoding };
  };
}

const draw = await (side === 'ours' ? createOurs() : createFloor());
process.on('message', async ({ crop, times }) => {
  let drawn;
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) drawn = await draw(crop);
  const { user, system } = process.cpuUsage(before);
  process.send({ ...drawn, milliseconds: (user + system) / 1000 / times });
});
process.on('disconnect', () => process.exit());
process.send('ready');
