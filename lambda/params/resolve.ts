import type { Settings } from '../settings';
import type { CropRequest } from './parse';
import type { FormatParam } from './table';

/** A crop with nothing left open but what depends on the source. */
export interface CropParams {
  readonly t: string;
  readonly w?: number;
  readonly h?: number;
  /** Absent: the source's own format. */
  readonly format?: FormatParam;
  readonly quality: number;
}

/** Fills what the viewer left open from the type, then from the settings. */
export function resolve(request: CropRequest, settings: Pick<Settings, 'types' | 'quality'>): CropParams {
  return Object.assign({ quality: settings.quality }, settings.types[request.t], request);
}
