import type { FunctionSettings } from './settings';

/** The version of the pixels of a type: that of all, or its own. */
export function versionOf(t: string, settings: Pick<FunctionSettings, 'v' | 'typeVersions'>): string {
  const typeVersions = settings.typeVersions;
  return Object.keys(typeVersions).indexOf(t) >= 0 ? (typeVersions[t] as string) : settings.v;
}
