import { allowedValues } from '../../lambda/contract/parameters/allowed-values';
import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { readValue, type Value } from '../../lambda/contract/parameters/value';
import { badInput } from './bad-input';
import type { ImageParams } from './image-params';

/**
 * The query of a crop in its normal form; empty for params without a single name. An undefined value leaves
 * its parameter out, but the URL still asks for a crop: a width that is undefined by mistake must not fetch
 * the original.
 *
 * @throws TypeError for a name that is no parameter
 * @throws RangeError for a value that its parameter does not allow
 * @throws URIError for half a character in `t`
 */
export function imageQuery(params: ImageParams): string {
  const names = PARAMETERS.map((row): string => row.name);
  const given = Object.keys(params);
  const unknown = given.find((name) => !names.includes(name));
  if (unknown) throw new TypeError(`${unknown}: no such parameter; there are ${names.join(', ')}`);
  if (!given[0]) return '';
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...params, t: params.t || 'A' })) texts[name] = written(value);
  return Object.entries(readParams(texts))
    .map(([name, value]) => `${name}=${written(value)}`)
    .join('&');
}

/**
 * Parameters in their normal form, in the order of the table.
 *
 * @param texts percent-encoded; what is empty is not said
 * @throws RangeError for what the deployment would refuse, with its line
 */
export function readParams(texts: Readonly<Record<string, string | undefined>>): Record<string, Value> {
  const params: Record<string, Value> = {};
  for (const row of PARAMETERS) {
    const text = texts[row.name];
    if (!text) continue;
    const read = readValue(row, text, false);
    if (read === undefined) throw badInput(row.name, text, allowedValues(row));
    params[row.name] = read;
  }
  return params;
}

/** Nothing is an empty text, a point is two numbers. */
function written(value: unknown): string {
  return encodeURIComponent([value].flat().map(rounded).join()).replace(/%2C/g, ',');
}

/** Arithmetic gives 320.00000000000006, a zoomed screen 1.100000023841858: nobody sees a fifth decimal. */
export function rounded<T>(value: T): T | number {
  return typeof value === 'number' ? Math.round(value * 10000) / 10000 : value;
}
