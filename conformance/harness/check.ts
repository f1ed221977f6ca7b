import type { Context } from './context';

/** How a check came out. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly reason: string }
  /** This deployment, or this answer, does not show it. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** One thing that any deployment of this product must do. */
export interface Check {
  /** Noun and rule: `range.crop`. */
  readonly name: string;
  readonly about: string;
  run(context: Context): Promise<Verdict>;
}

/** What a probe has seen. */
export type Finding =
  | { readonly kind: 'told'; readonly what: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A question that AWS's documents leave open. No answer is right or wrong. */
export interface Probe {
  readonly name: string;
  readonly about: string;
  run(context: Context): Promise<Finding>;
}

/** Something that is wrong, or `false` where nothing is. */
export type Problem = string | false;

/** Passes where none of the problems is one; the first of them is the reason. */
export function passUnless(...problems: readonly Problem[]): Verdict {
  const reason = problems.find((problem) => problem !== false);
  return reason === undefined ? { kind: 'pass' } : fail(reason);
}

export function fail(reason: string): Verdict {
  return { kind: 'fail', reason };
}

export function unknown(reason: string): { readonly kind: 'unknown'; readonly reason: string } {
  return { kind: 'unknown', reason };
}

export function told(what: string): Finding {
  return { kind: 'told', what };
}

/** Two values that must be the same. */
export function differs(what: string, got: unknown, wanted: unknown): Problem {
  return got !== wanted && `${what}: got ${shown(got)}, expected ${shown(wanted)}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
