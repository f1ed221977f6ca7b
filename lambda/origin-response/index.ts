import { fileURLToPath } from 'node:url';
import { createHandler } from './handler';
import { createLibheifDecoder } from './heic/libheif';
import { createJsonLog } from './log';
import { createSharpRenderer } from './render/render';
import { settings } from './settings';
import { createS3Fetch } from './source/fetch';

export const handler = createHandler({
  settings,
  fetch: createS3Fetch(),
  renderer: createSharpRenderer(settings.types),
  heic: settings.heic ? createLibheifDecoder(fileURLToPath(new URL('libheif', import.meta.url))) : undefined,
  log: createJsonLog((line) => process.stdout.write(line)),
});
