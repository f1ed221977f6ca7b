import { normalise } from '../lambda/params/normalise';
import type { QueryPair } from '../lambda/params/query';
import { allowedValues, PARAMETERS, TYPE } from '../lambda/params/table';
import { readValue } from '../lambda/params/value';
import { badInput, escapeText } from './bad-input';
import type { ImageParams } from './image-params';

/**
 * The query of a crop in its normal form; empty where nothing is said. Whatever is said without a type is
 * said of `A`, because a query without a type is the original.
 *
 * @throws TypeError for a name that is no parameter
 * @throws RangeError for a value that its parameter does not allow
 */
export function imageQuery(params: ImageParams): string {
  const said = Object.entries(params)
    .map(([name, value]) => [name, textOf(value)] as const)
    .filter(([, text]) => text !== '')
    .map(([name, text]): QueryPair => ({ name, value: checked(name, text) }));
  const isTyped = said.length === 0 || said.some(({ name }) => name === TYPE.name);
  return normalise(isTyped ? said : [...said, { name: TYPE.name, value: 'A' }]);
}

function checked(name: string, text: string): string {
  const parameter = PARAMETERS.find((row) => row.name === name);
  if (parameter === undefined) {
    const names = PARAMETERS.map((row) => row.name).join(', ');
    throw new TypeError(badInput(name, text, `no such parameter; there are ${names}`));
  }
  const value = escapeText(name, text);
  if (readValue(parameter, value, false) === undefined) {
    throw new RangeError(badInput(name, text, allowedValues(parameter)));
  }
  return value;
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return String(typeof value === 'number' ? rounded(value) : value);
}

/** Arithmetic gives 320.00000000000006, a zoomed screen 1.100000023841858: no pixel hangs on a fourth decimal. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
