// The function as it deploys. Usage: fork with the bundle.
import { pathToFileURL } from 'node:url';
import { captureLog, context, originResponseEvent } from './event.mjs';
import { serve } from './serve.mjs';

const { handler } = await import(pathToFileURL(process.argv[2]).href);
const log = captureLog();
let announced;
serve(async (crop) => {
  const { body } = await handler(originResponseEvent(crop), context);
  if (!body) throw new Error(`no variant: ${JSON.stringify(log.entry)}`);
  // So that bare sharp can be asked for the same.
  const encoding = JSON.stringify(log.entry.plan.encoding);
  if (encoding !== announced) process.send({ encoding: log.entry.plan.encoding });
  announced = encoding;
  return Buffer.from(body, 'base64');
});
