import type { CroppingOptions } from '../../lib/configuration/options';
import { viewerRequestScript } from '../../lib/cropping/viewer-request-function';
import { functionSettings } from './settings';

/** The viewer-request function that checks signatures, as it is deployed. */
export function bundleSigned(options: CroppingOptions = {}): string {
  return viewerRequestScript(functionSettings({ signing: true, ...options }));
}
