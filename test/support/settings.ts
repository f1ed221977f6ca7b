import type { FunctionSettings } from '../../lambda/contract/settings';
import { readCroppingOptions } from '../../lib/configuration/cropping-options';
import type { CroppingOptions } from '../../lib/configuration/options';

/** FunctionSettings as synth gives them to the functions, with a fixed version. */
export function functionSettings(options: CroppingOptions = {}, v = '0123abcd'): FunctionSettings {
  return { ...readCroppingOptions(options), v, typeVersions: {}, deployment: 'Edgecrop' };
}
