import {
  allowedValues,
  type Fit,
  FORMAT,
  type FormatParam,
  PARAMETERS,
  type Parameter,
  TYPE,
} from './parameters/table';
import { decode, readValue } from './parameters/value';
import type { QueryPair } from './query';
import type { Lockable, TypeSettings } from './settings';

/** What a query asks for, as far as the viewer said it. */
export interface CropRequest {
  /** A type of the configuration. */
  readonly t: string;
  /** Width of the box in pixels, 1…4096. */
  readonly w?: number;
  /** Height of the box in pixels, 1…4096. */
  readonly h?: number;
  readonly format?: FormatParam;
  /** 1…100. */
  readonly quality?: number;
  readonly fit?: Fit;
  /** A word of the table, or `x,y` with both from 0 to 1. */
  readonly position?: string;
  /** 1…3. */
  readonly dpr?: number;
}

/** Why a request is refused: what was wrong, what came, what would have been right. */
export interface BadInput {
  readonly parameter: string;
  /** As it came, still percent-encoded. */
  readonly value: string;
  readonly allowed: string;
}

/** The types by name. */
export type ParsedTypes = Readonly<Record<string, TypeSettings>>;

export type Parsed =
  | { readonly kind: 'original' }
  | { readonly kind: 'crop'; readonly request: CropRequest }
  | { readonly kind: 'bad'; readonly bad: BadInput };

/**
 * Reads a query. Only a known type makes a crop of it: without one, whatever else the query says, the
 * answer is the original. Unknown and empty parameters are passed over; a repeated one is refused, since
 * nobody can say which of the two was meant.
 *
 * @param types the known types by name
 * @param internal whether the query is one of ours ({@link cacheQuery}), with words that no viewer may say
 */
export function parse(query: readonly QueryPair[], types: ParsedTypes, internal: boolean): Parsed {
  const known = Object.keys(types);
  const named = valuesOf(query, TYPE.name);
  let t: string | undefined;
  for (let i = 0; i < named.length; i++) {
    const name = decode(named[i] as string);
    if (name !== undefined && known.indexOf(name) >= 0) t = name;
  }
  if (t === undefined) return { kind: 'original' };

  const type = types[t] as ParsedTypes[string];
  const locked = type.locked;
  const request: Record<string, string | number> = { t };
  for (let i = 0; i < PARAMETERS.length; i++) {
    const parameter = PARAMETERS[i] as Parameter;
    const values = valuesOf(query, parameter.name);
    if (values.length > 0 && locked !== undefined && locked.indexOf(parameter.name as Lockable) >= 0) {
      const said = values.join(' and ');
      // What the type's `auto` was settled to is our own word, not the viewer's.
      const isSettled =
        internal && type.format === 'auto' && (FORMAT.internal as readonly string[]).indexOf(said) >= 0;
      if (!(parameter === FORMAT && isSettled))
        return bad(parameter, said, `nothing, type ${t} has it locked`);
    }
    if (values.length > 1) {
      return bad(parameter, values.join(' and '), 'one value');
    }
    if (values.length === 1 && parameter !== TYPE) {
      const read = readValue(parameter, values[0] as string, internal);
      if (read === undefined) return bad(parameter, values[0] as string, allowedValues(parameter));
      request[parameter.name] = read;
    }
  }
  // The table's rows are the request's fields, and `readValue` keeps each within its row.
  return { kind: 'crop', request: request as unknown as CropRequest };
}

/** What a viewer reads who asks for an original where none is given. */
export const TYPE_REQUIRED = 't: got no known type, allowed: the name of a configured one\n';

/** The one line that a refused viewer reads. The value is cut and escaped: it is somebody else's text. */
export function describeBadInput(bad: BadInput): string {
  return `${bad.parameter}: got ${quote(bad.value)}, allowed: ${bad.allowed}\n`;
}

function bad(parameter: Parameter, value: string, allowed: string): Parsed {
  return { kind: 'bad', bad: { parameter: parameter.name, value, allowed } };
}

/** The non-empty values of a parameter. */
export function valuesOf(query: readonly QueryPair[], name: string): readonly string[] {
  const values: string[] = [];
  for (let i = 0; i < query.length; i++) {
    const pair = query[i] as QueryPair;
    if (pair.name === name && pair.value !== '') values.push(pair.value);
  }
  return values;
}

function quote(value: string): string {
  const shown = value
    .slice(0, 40)
    .replace(/[^\x20-\x7e]|["\\]/g, (c) => `\\u${`000${c.charCodeAt(0).toString(16)}`.slice(-4)}`);
  return `"${shown}${value.length > 40 ? '...' : ''}"`;
}
