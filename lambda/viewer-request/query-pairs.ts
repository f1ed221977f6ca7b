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
  let known = 0;
  for (let i = 0; i < PARAMETERS.length; i++) {
    const parameter = PARAMETERS[i] as Parameter;
    const alias = parameter.alias;
    if (query[parameter.name] !== undefined) known += addValues(pairs, parameter.name, query);
    if (alias !== undefined && query[alias] !== undefined) known += addValues(pairs, alias, query);
  }
  if (typeof HAS_HINTS === 'undefined' || HAS_HINTS) {
    const names = Object.keys(query);
    const first = pairs.length;
    for (let i = 0; names.length > known && i < names.length && pairs.length < first + MAX_OTHERS; i++) {
      const name = names[i] as string;
      if (name.length <= MAX_NAME && !hasName(pairs, name)) addValues(pairs, name, query);
    }
  }
  return pairs;
}

function hasName(pairs: readonly QueryPair[], name: string): boolean {
  for (let i = 0; i < pairs.length; i++) if ((pairs[i] as QueryPair).name === name) return true;
  return false;
}

/** @returns the number of names added, for sums */
function addValues(pairs: QueryPair[], name: string, query: FunctionQuery): number {
  const entry = query[name] as FunctionQuery[string];
  const values = entry.multiValue === undefined ? [entry] : entry.multiValue;
  for (let j = 0; j < values.length && j < 2; j++)
    pairs.push({ name, value: (values[j] as { value: string }).value });
  return 1;
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
