/** A value that a parameter does not allow. */
export interface RefusedValue {
  readonly parameter: string;
  /** As it came, still percent-encoded. */
  readonly value: string;
  /** What would have been right. */
  readonly allowed: string;
}

/** A parameter that a type does not let any URL give. */
export interface LockedParameter {
  readonly parameter: string;
  /** Name of the type. */
  readonly lockedBy: string;
}

/** A name that is almost that of a parameter. */
export interface MisspeltName {
  /** As it came. */
  readonly parameter: string;
  /** The parameter that it is close to. */
  readonly meant: string;
}

/** Why a request is refused. */
export type BadInput = RefusedValue | LockedParameter | MisspeltName;

/** Response text for a request without a known type when originals are denied. */
export const TYPE_REQUIRED = 't: got no known type, allowed: the name of a configured type\n';

/** See `parse.ts`. */
declare const HAS_HINTS: boolean | undefined;

/** The one line that a refused viewer reads. */
export function describeBadInput(bad: BadInput): string {
  if ('lockedBy' in bad) return `${bad.parameter}: not allowed, type ${bad.lockedBy} locks it\n`;
  if ((typeof HAS_HINTS === 'undefined' || HAS_HINTS) && 'meant' in bad) {
    return `${quote(bad.parameter)}: no such parameter, did you mean ${bad.meant}?\n`;
  }
  return `${describeRefusedValue(bad as RefusedValue)}\n`;
}

/** The value is cut and escaped: it is somebody else's text. */
export function describeRefusedValue(bad: RefusedValue): string {
  return `${bad.parameter}: got ${quote(bad.value)}, allowed: ${bad.allowed}`;
}

function quote(value: string): string {
  const shown = value
    .slice(0, 40)
    .replace(/[^\x20-\x7e]|["\\]/g, (c) => `\\u${`000${c.charCodeAt(0).toString(16)}`.slice(-4)}`);
  return `"${shown}${value.length > 40 ? '...' : ''}"`;
}
