import type { FunctionSettings } from '../contract/settings';
import type { Log } from './log';
import type { Renderer } from './render/picture';
import type { Fetch } from './source/fetch';

/** The settings, and the handler's connections to S3, sharp and the log. */
export interface Adapters {
  readonly settings: FunctionSettings;
  readonly fetch: Fetch;
  readonly renderer: Renderer;
  readonly log: Log;
}
