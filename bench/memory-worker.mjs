// One crop through the function in a process of its own. Usage: node memory-worker.mjs <index.mjs> <query>;
// prints what came of it, the milliseconds and the peak of memory in kilobytes.
import { pathToFileURL } from 'node:url';
import { captureLog, originResponseEvent } from './peers/servers/event.mjs';
import { peakKilobytes } from './peers/servers/serve.mjs';

const [, , bundle, query] = process.argv;
const { handler } = await import(pathToFileURL(bundle).href);
const print = process.stdout.write.bind(process.stdout);
const log = captureLog();
const event = originResponseEvent({});
event.Records[0].cf.request.querystring = query;
const started = performance.now();
// Lambda's own 30 seconds, so that what the deadline forbids is not measured.
await handler(event, { getRemainingTimeInMillis: () => 30_000 - (performance.now() - started) });
const { outcome, reason, attempts } = log.entry;
const said = [outcome, reason, attempts > 1 ? `${attempts} attempts` : undefined].filter(Boolean).join(', ');
print(JSON.stringify({ said, milliseconds: performance.now() - started, peak: peakKilobytes() }));
process.exit();
