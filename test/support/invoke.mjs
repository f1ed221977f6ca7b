// Runs a bundle as Lambda does: its own process, JSON in, JSON out. Usage: node invoke.mjs <index.mjs> < event
import { pathToFileURL } from 'node:url';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const event = JSON.parse(Buffer.concat(chunks).toString());
const { handler } = await import(pathToFileURL(process.argv[2]).href);
const ends = Date.now() + 30_000;
const log = [];
process.stdout.write = (line) => log.push(line) > 0;
const response = await handler(event, { getRemainingTimeInMillis: () => ends - Date.now() });
const loaded = process.report.getReport().sharedObjects.filter((path) => path.includes('sharp'));
delete process.stdout.write;
process.stdout.write(JSON.stringify({ response, loaded, log, node: process.versions.node }));
