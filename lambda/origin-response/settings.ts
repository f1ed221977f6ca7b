import { readFileSync } from 'node:fs';
import type { FunctionSettings } from '../contract/settings';

/** Synth puts the file next to the built function: Lambda@Edge has no environment variables. */
export const settings = JSON.parse(
  readFileSync(new URL('settings.json', import.meta.url), 'utf8'),
) as FunctionSettings;
