import type { DecimalParameter, IntegerParameter, Parameter, PositionParameter } from './parameter';

/** What a parameter is read as. */
export type Value = string | number | boolean;

/**
 * Reads one value of a query.
 *
 * @param value percent-encoded, as it came
 * @param internal whether words that only our own functions use are allowed
 * @returns undefined for a value that the parameter does not allow
 */
export function readValue(parameter: Parameter, value: string, internal: boolean): Value | undefined {
  const text = decode(value);
  if (text === undefined || parameter.kind === 'type') return text;
  if (parameter.kind === 'integer' || parameter.kind === 'decimal') return readNumber(parameter, text);
  const word = text.toLowerCase();
  if (parameter.kind === 'position') return readPosition(parameter, word);
  if (parameter.kind === 'rect') return readRect(word);
  if (parameter.kind === 'colour') return readColour(word);
  if (parameter.kind === 'flag') return parameter.words.indexOf(word) < 0 ? undefined : word === 'true';
  if (parameter.words.indexOf(word) >= 0 || (internal && parameter.internal.indexOf(word) >= 0)) return word;
  // Own keys only: every object has a `constructor`.
  return Object.keys(parameter.aliases).indexOf(word) >= 0 ? parameter.aliases[word] : undefined;
}

/** Decodes `%xx`; undefined for invalid UTF-8. */
export function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch (_malformed) {
    return undefined;
  }
}

function readNumber(parameter: IntegerParameter | DecimalParameter, text: string): number | undefined {
  // Ten digits are enough for every allowed number, with leading zeros.
  if (!/^[0-9]{1,10}(\.[0-9]{1,10})?$/.test(text)) return undefined;
  const value = Number(text);
  if (value < parameter.min || value > parameter.max) return undefined;
  if (parameter.kind === 'decimal') {
    return parameter.parts === undefined ? value : Math.round(value * parameter.parts) / parameter.parts;
  }
  return text.indexOf('.') < 0 && (parameter.step === undefined || value % parameter.step === 0)
    ? value
    : undefined;
}

/**
 * Rounds a point to three decimals: a finer one would move no visible pixel, and take a cache entry. A point that is
 * on a compass is the compass's word.
 */
function readPosition(parameter: PositionParameter, text: string): string | undefined {
  const point = readFractions(text, 1000);
  const x = ['west', '', 'east'][(point[0] as number) * 2];
  const y = ['north', '', 'south'][(point[1] as number) * 2];
  if (point.length === 2) return x === undefined || y === undefined ? point.join() : y + x || 'centre';
  let word = text;
  const aliases = Object.keys(parameter.aliases);
  for (let i = 0; i < aliases.length; i++) {
    word = word.replace(aliases[i] as string, parameter.aliases[aliases[i] as string] as string);
  }
  return parameter.words.indexOf(word) >= 0 ? word : undefined;
}

/** Rounds to four decimals, less than a pixel of 4096, and cuts what is outside of the picture. */
function readRect(text: string): string | undefined {
  const rect = readFractions(text, 10000);
  const inside = (i: number) =>
    Math.round(Math.min(rect[i + 2] as number, 1 - (rect[i] as number)) * 10000) / 10000;
  return rect.length === 4 ? `${rect[0]},${rect[1]},${inside(0)},${inside(1)}` : undefined;
}

/** Numbers from 0 to 1, rounded to parts of one; none where one of them is something else. */
function readFractions(text: string, parts: number): readonly number[] {
  return /^([01](\.[0-9]{1,10})?(,(?=.)|$))+$/.test(text) && !/1\.0*[1-9]/.test(text)
    ? text.split(',').map((number) => Math.round(Number(number) * parts) / parts)
    : [];
}

function readColour(text: string): string | undefined {
  const digits = text.replace('#', '');
  if (/^([0-9a-f]{3}){1,2}$/.test(digits)) return digits.length > 3 ? digits : digits.replace(/./g, '$&$&');
  return text === 'transparent' ? text : undefined;
}
