import { nameOf, parameterOf } from '../contract/parameters/table';
import { addValue, emptyQuery, type Query } from '../contract/query';
import type { FunctionQuery } from './event';

/** See `lambda/contract/parse.ts`. */
declare const HAS_HINTS: boolean | undefined;

/** Names that are longer are no slip of the pen: the longest of ours has ten letters. */
const MAX_NAME = 11;

/** More than a person mistypes. */
const MAX_OTHERS = 8;

/**
 * What a query says of our parameters, and of the names that may be meant for one. Of a repeated name two values are
 * read, which are enough to refuse it. So the steps after this one have a few names to work on, whatever a viewer sends.
 */
export function readFunctionQuery(raw: FunctionQuery): Query {
  const query = emptyQuery();
  const names = Object.keys(raw);
  let others = 0;
  for (let i = 0; i < names.length; i++) {
    const said = names[i] as string;
    const name = nameOf(said);
    if (parameterOf(name) !== undefined || (mayBeMeant(name) && others++ < MAX_OTHERS)) {
      const entry = raw[said] as FunctionQuery[string];
      const values = entry.multiValue === undefined ? [entry] : entry.multiValue;
      for (let j = 0; j < values.length && j < 2; j++) {
        addValue(query, name, (values[j] as { value: string }).value);
      }
    }
  }
  return query;
}

function mayBeMeant(name: string): boolean {
  return (typeof HAS_HINTS === 'undefined' || HAS_HINTS) && name.length <= MAX_NAME;
}

/** Whether a query has more characters. A name without `=` counts as one with it. */
export function isLonger(query: FunctionQuery, max: number): boolean {
  const names = Object.keys(query);
  // A name is a character at least, and has a `&` in front; the first has none.
  if (2 * names.length - 1 > max) return true;
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
