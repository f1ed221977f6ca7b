import type { ParameterName } from '../../lambda/contract/parameters/parameter';
import { isRecord } from './record';

/** What a type stands for: a value for some parameters, of which no URL may give the locked ones. */
export type TypeValues = Readonly<Partial<Record<ParameterName, string | number>>> & {
  readonly locked?: readonly string[];
};

/** What the edge knows of the functions' settings. */
export interface Settings {
  /** The configured types and what each stands for; undefined where the edge does not know. */
  readonly types: Readonly<Record<string, TypeValues>> | undefined;
  /** Where neither URL nor type names one. */
  readonly quality: number | '';
}

export async function fetchSettings(): Promise<Settings> {
  const response = await fetch('/_edgecrop/settings');
  const said: unknown = await response.json();
  if (!isRecord(said)) return { types: undefined, quality: '' };
  return {
    // The edge has checked it by its schema.
    types: isRecord(said.types) ? (said.types as Settings['types']) : undefined,
    quality: typeof said.quality === 'number' ? said.quality : '',
  };
}
