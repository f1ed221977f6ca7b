import type { FunctionSettings } from '../../lambda/contract/settings';
import { type CroppingOptions, readCroppingOptions } from '../../lib/configuration/cropping-options';

/** FunctionSettings as synth gives them to the functions, with a fixed version. */
export function functionSettings(options: CroppingOptions = {}, v = '0123abcd'): FunctionSettings {
  return { ...readCroppingOptions(options), v, typeVersions: {}, deployment: 'Edgecrop' };
}
