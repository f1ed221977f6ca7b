import { PARAMETERS } from '../../lambda/contract/parameters/table';
import type { Values } from './choice';

/** What can be set and locked by a type: all but the type itself, and the screen's pixels, which no type knows. */
export function typeNames(values: Values): readonly string[] {
  return PARAMETERS.filter(({ name }) => name !== 't' && name !== 'dpr' && values[name] !== '').map(
    ({ name }) => name,
  );
}

/** The names that `cdk.json` allows for a type. */
const TYPE_NAME = /^[\w-]{1,32}$/;

export function isTypeName(name: string): boolean {
  return TYPE_NAME.test(name);
}

/**
 * What goes into `cdk.json` so that the values become a type.
 *
 * @param locked parameters that no URL may give from then on
 */
export function typeSettings(name: string, values: Values, locked: ReadonlySet<string>): string {
  const names = typeNames(values);
  const kept = PARAMETERS.filter((parameter) => names.includes(parameter.name)).map(({ name, kind }) => {
    const text = values[name];
    const isNumber = (kind === 'integer' || kind === 'decimal') && Number.isFinite(Number(text));
    if (kind === 'flag') return [name, text.toLowerCase() === 'true'] as const;
    return [name, isNumber ? Number(text) : text.toLowerCase()] as const;
  });
  const lockedNames = names.filter((parameter) => locked.has(parameter));
  const type = {
    ...Object.fromEntries(kept),
    ...(lockedNames.length > 0 && { locked: lockedNames }),
  };
  const lines = JSON.stringify({ context: { edgecrop: { types: { [name]: type } } } }, undefined, 2);
  // A list of words reads better in a line.
  return lines.replaceAll(/\[[^\]]*\]/g, (list) => JSON.stringify(JSON.parse(list)).replaceAll(',', ', '));
}
