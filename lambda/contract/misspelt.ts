import type { MisspeltName } from './bad-input';
import { ALIASES, nameOf, PARAMETERS, parameterOf } from './parameters/table';
import type { Query } from './query';

/** What other image servers call some of our parameters. */
const SHORT: Readonly<Record<string, string>> = { q: 'quality', fm: 'format', bg: 'background' };

/**
 * Finds a name that is almost a parameter's: another case, one letter too many, missing or wrong, or letters in
 * another order. Left alone, it would be dropped, and the picture would come in full size without a word.
 */
export function misspeltName(query: Query): MisspeltName | undefined {
  const names = Object.keys(query);
  const known = PARAMETERS.map((row): string => row.name).concat(ALIASES);
  for (let i = 0; i < names.length; i++) {
    const parameter = names[i] as string;
    if (parameterOf(parameter) !== undefined) continue;
    const name = parameter.toLowerCase();
    for (let j = 0; j < known.length; j++) {
      const meant = nameOf(known[j] as string);
      if (SHORT[name] === meant || isNear(name, known[j] as string)) return { parameter, meant };
    }
  }
  return undefined;
}

/** Names below four letters are too close to anything. */
function isNear(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 1) return false;
  const letters = known.split('');
  if (name.split('').sort().join() === letters.slice().sort().join()) return true;
  const edits = letters.map((_letter, i) => `${known.slice(0, i)}.?.?${known.slice(i + 1)}`);
  return known.length > 3 && RegExp(`^(${edits.join('|')})$`).test(name);
}
