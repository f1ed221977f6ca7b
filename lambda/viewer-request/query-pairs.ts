import type { QueryPair } from '../contract/query';
import type { FunctionQuery, FunctionRequest } from './event';

/** Lists the query of the event, with every value of a repeated name. */
export function queryPairs(request: FunctionRequest): readonly QueryPair[] {
  const pairs: QueryPair[] = [];
  if (typeof request.querystring === 'string') return pairs;
  const query = request.querystring;
  const names = Object.keys(query);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const entry = query[name] as FunctionQuery[string];
    const values = entry.multiValue === undefined ? [entry] : entry.multiValue;
    for (let j = 0; j < values.length; j++)
      pairs.push({ name, value: (values[j] as { value: string }).value });
  }
  return pairs;
}
