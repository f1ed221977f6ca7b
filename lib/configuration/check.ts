import type { IConstruct } from 'constructs';
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
        ? `no such key; there are ${Object.keys(issue.inst.shape).join(', ')}`
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

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function describe(issue: z.core.$ZodIssue, given: unknown, subject: string): readonly string[] {
  const paths =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map(
    (path) =>
      `${[subject, ...path].join('.')}: got ${shown(valueAt(given, path))}, allowed: ${issue.message}`,
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
