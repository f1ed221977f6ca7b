import type { ParameterName } from '../../lambda/contract/parameters/parameter';
import type { Values } from './choice';
import { isRecord } from './record';

/** What a type stands for: a value for some parameters, of which no URL may give the locked ones. */
export type TypeValues = Readonly<Partial<Record<ParameterName, string | number | boolean>>> & {
  readonly locked?: readonly string[];
};

/** What the edge knows of the functions' settings. */
export interface Settings {
  /** The configured types by name; undefined where the edge does not know them. */
  readonly types: Readonly<Record<string, TypeValues>> | undefined;
  /** Where neither URL nor type names one. */
  readonly quality: number | '';
  /** Widths that sizes are rounded up to, in pixels; empty where there are none. */
  readonly widths: readonly number[];
  /** Whether only signed URLs are answered. */
  readonly signing: boolean;
  /** Whether HEIC is decoded. */
  readonly heic: boolean;
}

export const UNKNOWN_SETTINGS: Settings = {
  types: undefined,
  quality: '',
  widths: [],
  signing: false,
  heic: false,
};

export async function fetchSettings(): Promise<Settings> {
  const response = await fetch('/_edgecrop/settings');
  const said: unknown = await response.json();
  if (!isRecord(said)) return UNKNOWN_SETTINGS;
  const widths = isRecord(said.snap) && Array.isArray(said.snap.w) ? said.snap.w.map(Number) : [];
  return {
    // The edge has checked them against its schema.
    types: isRecord(said.types) ? (said.types as Settings['types']) : undefined,
    quality: typeof said.quality === 'number' ? said.quality : '',
    widths: widths.toSorted((a, b) => a - b),
    signing: said.signing === true,
    heic: said.heic === true,
  };
}

/** The values of a type; empty where there is no such type. */
export function typeOf({ types }: Settings, t: string): TypeValues {
  return types && Object.hasOwn(types, t) ? (types[t] ?? {}) : {};
}

/** The values of a choice over those of its type, as text. */
export function effective(values: Values, settings: Settings): Values {
  const preset = Object.entries(typeOf(settings, values.t)).filter(([name]) => name in values);
  const given = Object.entries(values).filter(([, value]) => value !== '');
  return {
    ...values,
    ...Object.fromEntries([...preset, ...given].map(([name, value]) => [name, `${value}`])),
  };
}

/** Whether no URL of the type may give a parameter. */
export function isLocked(name: string, t: string, settings: Settings): boolean {
  return typeOf(settings, t).locked?.includes(name) === true;
}
