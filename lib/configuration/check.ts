import type { IConstruct } from 'constructs';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

/**
 * Checks what an engineer wrote and fills in the defaults.
 *
 * @param given any value; nothing counts as an empty object
 * @param subject what a message calls the object, such as `edgecrop`
 * @throws Error with one line for each mistake: the key, what came, what is allowed
 */
export function check<S extends z.ZodType>(schema: S, given: unknown, subject: string): z.output<S> {
  // Settings are compared and stored as JSON, which has no `undefined`.
  return JSON.parse(JSON.stringify(checkProps(schema, given, subject)));
}

/** The same for values that are not JSON. */
export function checkProps<S extends z.ZodType>(schema: S, given: unknown, subject: string): z.output<S> {
  const value = given ?? {};
  const result = schema.safeParse(value, { error: allowed });
  if (!result.success) {
    throw new Error(result.error.issues.flatMap((issue) => describe(issue, value, subject)).join('\n'));
  }
  return result.data;
}

/** Says what is allowed, for schemas without a message of their own. */
const allowed: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.inst instanceof z.ZodObject
        ? noSuchKeys(issue.keys, Object.keys(issue.inst.shape))
        : undefined;
    case 'invalid_type':
      return TYPES[issue.expected];
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'invalid_key':
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
};

/** A line for each key, as `describe` reads them. */
function noSuchKeys(keys: readonly string[], known: readonly string[]): string {
  return keys
    .map((key) => {
      const meant = closest(key, known);
      // Of a short key every other one is close.
      const isMeant = distance(key, meant) <= Math.min(2, Math.floor(key.length / 3));
      return `no such key${isMeant ? `, did you mean ${meant}?` : ';'} there are ${known.join(', ')}`;
    })
    .join('\n');
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function describe(issue: z.core.$ZodIssue, given: unknown, subject: string): readonly string[] {
  const isUnknown = issue.code === 'unrecognized_keys';
  const paths = isUnknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  const messages = isUnknown ? issue.message.split('\n') : [issue.message];
  return paths.map(
    (path, i) =>
      `${[subject, ...path].join('.')}: got ${shown(valueAt(given, path))}, allowed: ${messages[i]}`,
  );
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );
}

/** A value as JSON, cut to the length of a line. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  try {
    return JSON.stringify(value).slice(0, 80);
  } catch {
    // A construct refers to itself.
    return isConstruct(value) ? `the construct ${value.node.path}` : 'an object that is not JSON';
  }
}

/** By what it has: a consumer may have a second copy of the CDK, whose classes are not ours. */
export function isConstruct(value: unknown): value is IConstruct {
  return typeof value === 'object' && value !== null && 'node' in value;
}
