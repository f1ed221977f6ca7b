import settings from 'edgecrop-settings';
import { createS3Fetch } from './fetch';
import { createHandler } from './handler';
import { createJsonLog } from './log';
import { createSharpRenderer } from './render';

export const handler = createHandler({
  settings,
  fetch: createS3Fetch(),
  renderer: createSharpRenderer(),
  log: createJsonLog((line) => process.stdout.write(line)),
});
