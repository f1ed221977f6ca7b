import { UserError } from '../../errors/user-error';
import type { Behavior } from './assembly';

/** A word for most paths, and others for those of some patterns. */
export interface ByPattern {
  /** Undefined where only patterns are named. */
  readonly main: string | undefined;
  readonly patterns: ReadonlyMap<string, string>;
}

/**
 * Reads what the command line says about paths: `WORD`, or `/pattern=WORD` for the paths of one behaviour.
 *
 * @param words of one option, in their order; the last of several counts
 */
export function readByPattern(words: readonly string[]): ByPattern {
  const read = words.map((text) => {
    const [, pattern, word] = /^(\/[^=]*)=(.+)$/s.exec(text) ?? [];
    return { pattern, word: word ?? text };
  });
  return {
    main: read.findLast(({ pattern }) => pattern === undefined)?.word,
    patterns: new Map(read.flatMap(({ pattern, word }) => (pattern === undefined ? [] : [[pattern, word]]))),
  };
}

/**
 * @param option for the message: `--bucket`
 * @throws UserError where a pattern is none that the assembly serves
 */
export function requirePatterns(
  behaviors: readonly Behavior[],
  patterns: ReadonlyMap<string, string>,
  option: string,
): void {
  const known = behaviors.map(({ pathPattern }) => pathPattern).filter((pattern) => pattern !== '*');
  for (const [pattern, word] of patterns) {
    if (known.includes(pattern)) continue;
    const allowed =
      known.length > 0 ? `the patterns ${known.join(', ')}` : 'none, every path is served alike';
    throw new UserError(`${option}: got ${pattern}=${word}, allowed: ${allowed}`);
  }
}
