import type { BadInput } from './bad-input';
import type { CropRequest } from './crop-request';
import { lockedNames } from './locked';
import { misspeltName } from './misspelt';
import { allowedValues } from './parameters/allowed-values';
import type { Parameter } from './parameters/parameter';
import { PARAMETERS, TYPE } from './parameters/table';
import { decode, readValue, type Value } from './parameters/value';
import type { Query } from './query';
import type { Lockable, TypeSettings } from './settings';

/**
 * `false` in the build of the scripts that check signatures: servers write those URLs, and the hints for names take bytes
 * of which CloudFront allows few.
 */
declare const HAS_HINTS: boolean | undefined;

export type Parsed =
  | { readonly kind: 'original' }
  | { readonly kind: 'crop'; readonly request: CropRequest }
  | { readonly kind: 'bad'; readonly bad: BadInput };

/**
 * Reads a query. Without a known type the answer is the original, whatever else the query says. Unknown and
 * empty parameters are ignored. A repeated parameter is refused, because it is not clear which one was meant; so is a
 * name that is almost a parameter's.
 *
 * @param types the configured types by name
 * @param internal whether the query is one of ours ({@link cacheQuery}), with words that no viewer may say, and with
 * what types say about parameters that they lock ({@link lockedParameter})
 */
export function parse(
  query: Query,
  types: Readonly<Record<string, TypeSettings>>,
  internal: boolean,
): Parsed {
  const t = knownType(query[TYPE.name], types);
  if (t === undefined) return { kind: 'original' };
  const locked = lockedNames(types[t]);
  const request: Record<string, Value> = { t };
  let known = 0;
  // In the order of the table, which is the same in every engine; that of a query's names is not.
  for (let i = 0; i < PARAMETERS.length; i++) {
    const parameter = PARAMETERS[i] as Parameter;
    const values = query[parameter.name];
    if (values !== undefined) {
      const text = values.join(' and ');
      if (!internal && locked.indexOf(parameter.name as Lockable) >= 0) {
        return { kind: 'bad', bad: { parameter: parameter.name, lockedBy: t } };
      }
      if (values.length > 1) return bad(parameter, text, 'one value');
      if (parameter !== TYPE) {
        const read = readValue(parameter, text, internal);
        if (read === undefined) return bad(parameter, text, allowedValues(parameter));
        request[parameter.name] = read;
      }
      known++;
    }
  }
  if ((typeof HAS_HINTS === 'undefined' || HAS_HINTS) && !internal && Object.keys(query).length > known) {
    const misspelt = misspeltName(query);
    if (misspelt !== undefined) return { kind: 'bad', bad: misspelt };
  }
  // The table's rows are the request's fields, and `readValue` keeps each within its row.
  return { kind: 'crop', request: request as unknown as CropRequest };
}

/** The last known type that the query names. */
function knownType(
  named: readonly string[] | undefined,
  types: Readonly<Record<string, TypeSettings>>,
): string | undefined {
  const known = Object.keys(types);
  let t: string | undefined;
  for (let i = 0; named !== undefined && i < named.length; i++) {
    const name = decode(named[i] as string);
    if (name !== undefined && known.indexOf(name) >= 0) t = name;
  }
  return t;
}

function bad(parameter: Parameter, value: string, allowed: string): Parsed {
  return { kind: 'bad', bad: { parameter: parameter.name, value, allowed } };
}
