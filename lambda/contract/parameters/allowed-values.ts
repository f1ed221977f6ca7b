import type { Parameter } from './parameter';

/** Describes the values that a parameter allows, for the end of an error line. */
export function allowedValues(parameter: Parameter): string {
  if (parameter.kind === 'integer') {
    return `a whole number from ${parameter.min} to ${parameter.max} (${parameter.unit})`;
  }
  if (parameter.kind === 'decimal') {
    return `a number from ${parameter.min} to ${parameter.max}`;
  }
  if (parameter.kind === 'position') {
    return `one of ${parameter.words.join(', ')}, or a point x,y with numbers from 0 to 1`;
  }
  if (parameter.kind === 'rect') return 'x,y,w,h with numbers from 0 to 1';
  if (parameter.kind === 'colour') return 'rrggbb, rgb or transparent';
  if (parameter.kind === 'type') return 'the name of a type';
  const aliases = parameter.kind === 'word' ? Object.keys(parameter.aliases) : [];
  return `one of ${parameter.words.concat(aliases).join(', ')}`;
}
