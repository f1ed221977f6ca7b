import { normalise } from '../lambda/contract/normalise';
import { allowedValues } from '../lambda/contract/parameters/allowed-values';
import { PARAMETERS } from '../lambda/contract/parameters/table';
import { readValue } from '../lambda/contract/parameters/value';
import type { QueryPair } from '../lambda/contract/query';
import { badInput } from './bad-input';
import type { ImageParams } from './image-params';

/**
 * The query of a crop in its normal form; empty where nothing is said. Whatever is said without a type is
 * said of `A`, because a query without a type is the original.
 *
 * @throws TypeError for a name that is no parameter
 * @throws RangeError for a value that its parameter does not allow
 * @throws URIError for half a character in `t`
 */
export function imageQuery(params: ImageParams): string {
  const said = Object.entries(params)
    .map(([name, value]) => [name, textOf(value)] as const)
    .filter(([, text]) => text !== '');
  const typed: Record<string, string> = said.length === 0 ? {} : { t: 'A', ...Object.fromEntries(said) };
  return normalise(Object.entries(typed).map(([name, text]) => pairOf(name, text)));
}

function pairOf(name: string, text: string): QueryPair {
  const parameter = PARAMETERS.find((row) => row.name === name);
  if (parameter === undefined) {
    throw new TypeError(
      `${name}: no such parameter; there are ${PARAMETERS.map((row) => row.name).join(', ')}`,
    );
  }
  const value = encodeURIComponent(text);
  if (readValue(parameter, value, false) === undefined) throw badInput(name, text, allowedValues(parameter));
  return { name, value };
}

/** A point is two numbers; nothing is an empty text. */
function textOf(value: unknown): string {
  return [value]
    .flat()
    .map((part) => (typeof part === 'number' ? rounded(part) : part))
    .join();
}

/** Arithmetic gives 320.00000000000006, a zoomed screen 1.100000023841858: nobody sees a fourth decimal. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
