import { describeBadInput } from '../lambda/params/parse';

/** The line with which the deployment would refuse the same: what, what came, what is allowed. */
export function badInput(parameter: string, value: string, allowed: string): string {
  return describeBadInput({ parameter, value, allowed }).trim();
}

/**
 * `encodeURIComponent` for a value with a name.
 *
 * @throws RangeError for half of a surrogate pair, which is no character
 */
export function escapeText(name: string, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new RangeError(badInput(name, text, 'well-formed Unicode'));
  }
}
