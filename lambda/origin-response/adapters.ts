import type { FunctionSettings } from '../contract/settings';
import type { HeicDecoder } from './heic/heic-decoder';
import type { Log } from './log';
import type { Renderer } from './render/picture';
import type { Fetch } from './source/fetch';

/** The settings, and the handler's connections to S3, sharp, libheif and the log. */
export interface Adapters {
  readonly settings: FunctionSettings;
  readonly fetch: Fetch;
  readonly renderer: Renderer;
  /** Absent: HEIC is not cropped. */
  readonly heic?: HeicDecoder | undefined;
  readonly log: Log;
}
