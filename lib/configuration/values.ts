import { z } from 'zod';

/** A whole number within a range, both ends allowed. */
export function wholeNumber(min: number, max: number): z.ZodInt {
  const allowed = `a whole number from ${min} to ${max}`;
  return z.int({ error: allowed }).min(min, allowed).max(max, allowed);
}

/** A number above 0 and up to 100. */
export function percent(): z.ZodNumber {
  const allowed = 'a number above 0 and up to 100';
  return z.number({ error: allowed }).gt(0, allowed).max(100, allowed);
}

/** A text that matches a pattern. */
export function text(pattern: RegExp, allowed: string, maxLength = Number.MAX_SAFE_INTEGER): z.ZodString {
  return z.string({ error: allowed }).max(maxLength, allowed).regex(pattern, allowed);
}
