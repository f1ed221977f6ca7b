import { PARAMETERS } from '../contract/parameters/table';
import type { QueryPair } from '../contract/query';
import type { FunctionQuery } from './event';

/**
 * Lists what a query says of our parameters. Of a repeated name it lists two values, which are enough to refuse it. So
 * the steps after this one have a few pairs to work on, whatever a viewer sends.
 */
export function queryPairs(query: FunctionQuery): readonly QueryPair[] {
  const pairs: QueryPair[] = [];
  for (let i = 0; i < PARAMETERS.length; i++) {
    const name = (PARAMETERS[i] as { name: string }).name;
    const entry = query[name];
    if (entry !== undefined) {
      const values = entry.multiValue === undefined ? [entry] : entry.multiValue;
      for (let j = 0; j < values.length && j < 2; j++)
        pairs.push({ name, value: (values[j] as { value: string }).value });
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
