import { createHandler } from './handler';
import { createJsonLog } from './log';
import { createSharpRenderer } from './render/render';
import { settings } from './settings';
import { createS3Fetch } from './source/fetch';

export const handler = createHandler({
  settings,
  fetch: createS3Fetch(),
  renderer: createSharpRenderer(),
  log: createJsonLog((line) => process.stdout.write(line)),
});
