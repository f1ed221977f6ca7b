// Crops of one original through the function in a process of its own. Usage: node heic-worker.mjs <index.mjs> <times>
// <query>; prints what came of it, the milliseconds of the first crop, the median CPU of the others, and the peak of
// memory in kilobytes.
import { pathToFileURL } from 'node:url';
import { captureLog, context, originResponseEvent } from './peers/servers/event.mjs';
import { peakKilobytes } from './peers/servers/serve.mjs';

const [, , bundle, times, query] = process.argv;
const { handler } = await import(pathToFileURL(bundle).href);
const print = process.stdout.write.bind(process.stdout);
const log = captureLog();

async function crop() {
  const event = originResponseEvent({});
  event.Records[0].cf.request.querystring = query;
  const started = performance.now();
  const before = process.cpuUsage();
  const { body } = await handler(event, context);
  const { user, system } = process.cpuUsage(before);
  return { body, milliseconds: performance.now() - started, cpu: (user + system) / 1000 };
}

const first = await crop();
const peakOfOne = peakKilobytes();
const cpu = [];
for (let i = 0; i < Number(times); i++) cpu.push((await crop()).cpu);
cpu.sort((a, b) => a - b);
const { outcome, reason } = log.entry;
print(
  JSON.stringify({
    said: reason ?? outcome,
    first: first.milliseconds,
    cpu: cpu[Math.floor(cpu.length / 2)],
    peakOfOne,
    peak: peakKilobytes(),
    body: first.body,
  }),
);
process.exit();
