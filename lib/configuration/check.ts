import { z } from 'zod';

/**
 * Checks what an engineer wrote and fills in the defaults.
 *
 * @param given an object from `cdk.json`, or JSON from `cdk -c edgecrop=…`; nothing is an empty object
 * @throws Error one line for each mistake: the key, what came, what is allowed
 */
export function check<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const value = (typeof given === 'string' ? readJson(given) : given) ?? {};
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new Error(result.error.issues.map((issue) => describeIssue(issue, value, schema)).join('\n'));
  }
  return withoutUndefined(result.data);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `edgecrop: got ${shown(text)}, allowed: a JSON object, as in -c edgecrop='{"quality":75}'`,
    );
  }
}

function describeIssue(issue: z.core.$ZodIssue, given: unknown, schema: z.ZodType): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const came = path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[String(key)] : undefined),
    given,
  );
  const key = ['edgecrop', ...path].join('.');
  return `${key}: got ${shown(came)}, allowed: ${allowedBy(issue, schema)}`;
}

function allowedBy(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `no such key; there are ${keysAt(schema, issue.path).join(', ')}`;
    case 'too_small':
    case 'too_big':
    case 'invalid_type': {
      const node = schemaAt(schema, issue.path);
      if (node instanceof z.ZodNumber) return numberWords(node);
      return issue.code === 'invalid_type'
        ? (TYPES[issue.expected] ?? `a value of type ${issue.expected}`)
        : issue.message;
    }
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

/** The keys of the object that the path leads to. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const node = schemaAt(schema, path);
  return node instanceof z.ZodObject ? Object.keys(node.shape) : [];
}

/** What the path leads to, without what wraps it; undefined where it leads nowhere or to one of several. */
function schemaAt(
  schema: z.core.$ZodType | undefined,
  path: readonly PropertyKey[],
): z.core.$ZodType | undefined {
  if (schema === undefined) return undefined;
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return key === undefined ? schema : schemaAt(schema.element, rest);
  if (hasInner(schema)) return schemaAt(schema.unwrap(), path);
  if (key === undefined) return schema;
  if (schema instanceof z.ZodObject) return schemaAt(schema.shape[String(key)], rest);
  return schema instanceof z.ZodRecord ? schemaAt(schema.valueType, rest) : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  object: 'an object',
  string: 'a text',
};

/** As in "a whole number from 1 to 100". */
function numberWords({ isInt, minValue, maxValue }: z.ZodNumber): string {
  const from = minValue === null || minValue <= Number.MIN_SAFE_INTEGER ? '' : ` from ${minValue}`;
  const to = maxValue === null || maxValue >= Number.MAX_SAFE_INTEGER ? '' : ` to ${maxValue}`;
  return `${isInt ? 'a whole number' : 'a number'}${from}${to}`;
}

function hasInner(schema: z.core.$ZodType): schema is z.core.$ZodType & { unwrap(): z.core.$ZodType } {
  return 'unwrap' in schema;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}

/** What is checked is compared and written as JSON, which knows no `undefined`. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
