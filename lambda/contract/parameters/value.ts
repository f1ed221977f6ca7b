import type {
  DecimalParameter,
  IntegerParameter,
  Parameter,
  PositionParameter,
  WordParameter,
} from './parameter';

/**
 * Reads one value of a query.
 *
 * @param value percent-encoded, as it came
 * @param internal whether words that only our own functions use are allowed
 * @returns undefined for a value that the parameter does not allow
 */
export function readValue(
  parameter: Parameter,
  value: string,
  internal: boolean,
): string | number | undefined {
  const text = decode(value);
  if (text === undefined) return undefined;
  if (parameter.kind === 'integer') return readInteger(parameter, text);
  if (parameter.kind === 'decimal') return readDecimal(parameter, text);
  if (parameter.kind === 'position') return readPosition(parameter, text);
  return parameter.kind === 'word' ? readWord(parameter, text, internal) : text;
}

/** Decodes `%xx`; undefined for invalid UTF-8. */
export function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch (_malformed) {
    return undefined;
  }
}

function readInteger(parameter: IntegerParameter, text: string): number | undefined {
  // Ten digits are enough for every allowed number, with leading zeros.
  return /^[0-9]{1,10}$/.test(text) ? inRange(parameter, Number(text)) : undefined;
}

function readDecimal(parameter: DecimalParameter, text: string): number | undefined {
  return /^[0-9]{1,10}(\.[0-9]{1,10})?$/.test(text) ? inRange(parameter, Number(text)) : undefined;
}

function inRange(range: { readonly min: number; readonly max: number }, value: number): number | undefined {
  return value >= range.min && value <= range.max ? value : undefined;
}

/** Rounds a point to three decimals: a finer one would move no visible pixel, and take a cache entry. */
function readPosition(parameter: PositionParameter, text: string): string | undefined {
  const point = /^([01](?:\.[0-9]{1,10})?),([01](?:\.[0-9]{1,10})?)$/.exec(text);
  if (point === null) return readListed(parameter, text);
  const x = Math.round(Number(point[1]) * 1000) / 1000;
  const y = Math.round(Number(point[2]) * 1000) / 1000;
  if (x > 1 || y > 1) return undefined;
  return x === 0.5 && y === 0.5 ? 'centre' : `${x},${y}`;
}

function readWord(parameter: WordParameter, text: string, internal: boolean): string | undefined {
  const word = text.toLowerCase();
  if (internal && parameter.internal.indexOf(word) >= 0) return word;
  return readListed(parameter, text);
}

function readListed(parameter: WordParameter | PositionParameter, text: string): string | undefined {
  const word = text.toLowerCase();
  if (parameter.words.indexOf(word) >= 0) return word;
  // Own keys only: every object has a `constructor`.
  return Object.keys(parameter.aliases).indexOf(word) >= 0 ? parameter.aliases[word] : undefined;
}
