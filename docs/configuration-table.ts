import { z } from 'zod';

/** One key of the configuration, as a reader needs it. */
export interface ConfigurationRow {
  /** With dots where it stands in another: `limits.sourceBytes`. */
  readonly key: string;
  readonly allowed: string;
  /** As JSON; undefined where there is none. */
  readonly byDefault: string | undefined;
  /** What the schema says with `.describe()`; undefined where it says nothing. */
  readonly description: string | undefined;
}

/** What is read of a JSON Schema. */
type JsonSchema = z.core.JSONSchema.BaseSchema & { readonly allowed?: string };

/** Every key that a schema knows, in its order, each followed by the keys inside of it. */
export function configurationRows(schema: z.ZodType): readonly ConfigurationRow[] {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    // A pattern says less than the line with which a wrong value is answered.
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.type === 'string') jsonSchema.allowed = allowedText(zodSchema);
    },
  });
  return rowsOf(json as JsonSchema, '');
}

/** docs/configuration.md's table. */
export function configurationTable(schema: z.ZodType): string {
  const rows = configurationRows(schema).map(
    ({ key, allowed, byDefault, description = '' }) =>
      `| \`${key}\` | ${description} | ${allowed} | ${byDefault === undefined ? 'none' : `\`${byDefault}\``} |`,
  );
  return ['| key | what | allowed | default |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowsOf(schema: JsonSchema, prefix: string): readonly ConfigurationRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const child = property as JsonSchema;
    const key = `${prefix}${name}`;
    const row = {
      key,
      allowed: allowedBy(child),
      byDefault: child.default === undefined ? undefined : JSON.stringify(child.default),
      description: child.description,
    };
    return [row, ...insideOf(child, key)];
  });
}

/** The keys of an object, of each object in a list, and of each under a name that the deployer chooses. */
function insideOf(schema: JsonSchema, key: string): readonly ConfigurationRow[] {
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const rows = [
    ...rowsOf(schema, `${key}.`),
    ...(isSchema(schema.items) ? insideOf(schema.items, `${key}[]`) : []),
    ...(isSchema(schema.additionalProperties) ? insideOf(schema.additionalProperties, `${key}.NAME`) : []),
    ...choices.flatMap((choice) => insideOf(choice as JsonSchema, key)),
  ];
  return rows.filter((row, i) => rows.findIndex((other) => other.key === row.key) === i);
}

function allowedBy(schema: JsonSchema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => allowedBy(choice as JsonSchema)).join(', or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'a whole number' : 'a number'}${range(schema)}`;
    case 'boolean':
      return '`true`, `false`';
    case 'array':
      return isSchema(schema.items) ? `a list, each ${allowedBy(schema.items)}` : 'a list';
    case 'string':
      return schema.allowed ?? 'text';
    case 'object':
      if (!isSchema(schema.additionalProperties)) return 'an object';
      return isSchema(schema.propertyNames) && schema.propertyNames.allowed
        ? `an object, each key ${schema.propertyNames.allowed}`
        : 'an object';
    default:
      return 'see there';
  }
}

function range({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const plain = (value: number) => value.toLocaleString('en');
  const above = typeof exclusiveMinimum !== 'number' ? '' : ` above ${plain(exclusiveMinimum)}`;
  const from =
    minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? above : ` from ${plain(minimum)}`;
  if (maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER) return from;
  return minimum === undefined ? `${from} up to ${plain(maximum)}` : `${from} to ${plain(maximum)}`;
}

/** What is said to a text that cannot be right. */
function allowedText(schema: z.core.$ZodType): string | undefined {
  const result = z.core.safeParse(schema, '\0');
  return result.success ? undefined : result.error.issues[0]?.message;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
