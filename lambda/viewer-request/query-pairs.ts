import { PARAMETERS } from '../contract/parameters/table';
import type { QueryPair } from '../contract/query';
import { EXPIRES, SIGNATURE } from '../contract/string-to-sign';
import type { FunctionQuery } from './event';

/** In characters: far more than a crop and all that trackers add. */
export const MAX_QUERY = 2048;

/**
 * Lists what a query says of our parameters. Of a repeated name it lists two values, which are enough to refuse it. So
 * the steps after this one have a few pairs to work on, whatever a viewer sends.
 */
export function queryPairs(query: FunctionQuery): readonly QueryPair[] {
  const pairs: QueryPair[] = [];
  const names = PARAMETERS.map((parameter): string => parameter.name).concat(SIGNATURE, EXPIRES);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const entry = query[name];
    if (entry !== undefined) {
      const values = valuesOf(entry);
      for (let j = 0; j < values.length && j < 2; j++)
        pairs.push({ name, value: (values[j] as { value: string }).value });
    }
  }
  return pairs;
}

/** Whether a query has more than {@link MAX_QUERY} characters. */
export function isTooLong(query: FunctionQuery): boolean {
  const names = Object.keys(query);
  // No `&` is in front of the first pair.
  let length = -1;
  for (let i = 0; i < names.length && length <= MAX_QUERY; i++) {
    const name = names[i] as string;
    const values = valuesOf(query[name] as FunctionQuery[string]);
    for (let j = 0; j < values.length; j++)
      length += name.length + (values[j] as { value: string }).value.length + 2;
  }
  return length > MAX_QUERY;
}

function valuesOf(entry: FunctionQuery[string]): readonly { readonly value: string }[] {
  return entry.multiValue === undefined ? [entry] : entry.multiValue;
}
