import { UserError } from '../../errors/user-error';
import type { Behavior } from './behavior';

/** A command-line option whose value may differ by path pattern. */
export interface PerPatternOption {
  /** Undefined if the option was given for patterns only. */
  readonly defaultValue: string | undefined;
  readonly byPattern: ReadonlyMap<string, string>;
}

/**
 * Parses the values of a repeatable option: `VALUE`, or `/pattern=VALUE` for one path pattern.
 *
 * @param values in the order given; the last one for the same pattern wins
 */
export function parsePerPatternOption(values: readonly string[]): PerPatternOption {
  const parsed = values.map((text) => {
    const [, pattern, value] = /^(\/[^=]*)=(.+)$/s.exec(text) ?? [];
    return { pattern, value: value ?? text };
  });
  return {
    defaultValue: parsed.findLast(({ pattern }) => pattern === undefined)?.value,
    byPattern: new Map(
      parsed.flatMap(({ pattern, value }) => (pattern === undefined ? [] : [[pattern, value]])),
    ),
  };
}

/**
 * Checks that every pattern of an option exists.
 *
 * @param option its name, such as `--bucket`
 * @throws UserError if the assembly does not serve a pattern
 */
export function requirePatterns(
  behaviors: readonly Behavior[],
  byPattern: ReadonlyMap<string, string>,
  option: string,
): void {
  const known = behaviors.map(({ pathPattern }) => pathPattern).filter((pattern) => pattern !== '*');
  for (const [pattern, value] of byPattern) {
    if (known.includes(pattern)) continue;
    const allowed =
      known.length > 0
        ? `the patterns ${known.join(', ')}`
        : 'no pattern, the assembly has only the default one';
    throw new UserError(`${option}: got ${pattern}=${value}, allowed: ${allowed}`);
  }
}
