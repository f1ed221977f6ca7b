import type { Parameter } from '../contract/parameters/parameter';
import { PARAMETERS } from '../contract/parameters/table';
import type { QueryPair } from '../contract/query';
import type { FunctionQuery } from './event';

/** See `lambda/contract/parse.ts`. */
declare const HAS_HINTS: boolean | undefined;

/** Names that are longer are no slip of the pen: the longest of ours has ten letters. */
const MAX_NAME = 11;

/** More than a person mistypes. */
const MAX_OTHERS = 8;

/**
 * Lists what a query says of our parameters, and the names that may be meant for one. Of a repeated name it lists two
 * values, which are enough to refuse it. So the steps after this one have a few pairs to work on, whatever a viewer
 * sends.
 */
export function queryPairs(query: FunctionQuery): readonly QueryPair[] {
  const pairs: QueryPair[] = [];
  const seen: Record<string, boolean> = Object.create(null);
  const add = (name: string): boolean => {
    const entry = query[name];
    if (entry === undefined || seen[name]) return false;
    seen[name] = true;
    const values = entry.multiValue === undefined ? [entry] : entry.multiValue;
    for (let j = 0; j < values.length && j < 2; j++)
      pairs.push({ name, value: (values[j] as { value: string }).value });
    return true;
  };
  for (let i = 0; i < PARAMETERS.length; i++) {
    const parameter = PARAMETERS[i] as Parameter;
    add(parameter.name);
    if (parameter.alias !== undefined) add(parameter.alias);
  }
  if (typeof HAS_HINTS === 'undefined' || HAS_HINTS) {
    const names = Object.keys(query);
    let others = 0;
    for (let i = 0; i < names.length && others < MAX_OTHERS; i++) {
      const name = names[i] as string;
      if (name.length <= MAX_NAME && add(name)) others++;
    }
  }
  return pairs;
}

/** Whether a query has more characters. A name without `=` counts as one with it. */
export function isLonger(query: FunctionQuery, max: number): boolean {
  const names = Object.keys(query);
  // No `&` is in front of the first pair.
  let length = -1;
  for (let i = 0; i < names.length && length <= max; i++) {
    const name = names[i] as string;
    const entry = query[name] as FunctionQuery[string];
    length += name.length + entry.value.length + 2;
    if (entry.multiValue !== undefined) {
      // `value` is the last of them.
      for (let j = entry.multiValue.length - 1; j-- && length <= max; )
        length += name.length + (entry.multiValue[j] as { value: string }).value.length + 2;
    }
  }
  return length > max;
}
