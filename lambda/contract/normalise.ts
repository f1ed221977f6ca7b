import type { Parameter } from './parameters/parameter';
import { PARAMETERS } from './parameters/table';
import { readValue } from './parameters/value';
import type { Query } from './query';

/**
 * The normal form of a query, which needs no configuration: one order, plain numbers, lower-case words, without unknown
 * and empty parameters. Clients emit it and signatures cover it. A value that its parameter does not allow stays as it
 * came, so that it is refused by name.
 */
export function normalise(query: Query): string {
  const parts: string[] = [];
  for (let i = 0; i < PARAMETERS.length; i++) {
    const parameter = PARAMETERS[i] as Parameter;
    const values = query[parameter.name];
    for (let j = 0; values !== undefined && j < values.length; j++) {
      const value = values[j] as string;
      const read = readValue(parameter, value, true);
      parts.push(
        `${parameter.name}=${read === undefined ? value : encodeURIComponent(read).replace(/%2C/g, ',')}`,
      );
    }
  }
  return parts.join('&');
}
