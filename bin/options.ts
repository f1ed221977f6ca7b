import { InvalidArgumentError } from 'commander';

/** A port to listen on. */
export function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('a port is a number from 0 to 65535.');
}

/** How many of something. */
export function count(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Allowed: a whole number from 1.');
}

/** A word that may be given several times. */
export function several(text: string, known: readonly string[] = []): readonly string[] {
  return [...known, text];
}
