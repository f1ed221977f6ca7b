import { InvalidArgumentError, type OutputConfiguration } from 'commander';

/** The largest count: nine digits, so that any of them is an exact number. */
const MAX_COUNT = 999_999_999;

/** Reads a TCP port, 0…65535. */
export function parsePort(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('Allowed: a whole number from 0 to 65535.');
}

/** Reads a count, 1…999,999,999. */
export function parseCount(text: string): number {
  if (/^[1-9]\d*$/.test(text) && Number(text) <= MAX_COUNT) return Number(text);
  throw new InvalidArgumentError(`Allowed: a whole number from 1 to ${MAX_COUNT}.`);
}

/** Reads the largest body in megabytes, 2…16: Redis keeps no larger ones. */
export function parseMegabytes(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) >= 2 && Number(text) <= 16) return Number(text);
  throw new InvalidArgumentError('Allowed: a whole number from 2 to 16.');
}

/** Reads a URL of http or https. */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new InvalidArgumentError('Allowed: a URL that begins with https:// or http://.');
}

/** Collects the values of an option that may be given several times. */
export function collect(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, text];
}

/** Ends the line of a usage error with a call that is right: one line still, as scripts expect it. */
export function withExample(example: string): OutputConfiguration {
  return {
    outputError: (text, write) => {
      const line = text.trimEnd();
      write(`${line}${/[.?!)]$/.test(line) ? '' : '.'} Example: ${example}\n`);
    },
  };
}
