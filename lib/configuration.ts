import { z } from 'zod';
import {
  allowedValues,
  FIT,
  type Fit,
  FORMAT,
  HEIGHT,
  type IntegerParameter,
  POSITION,
  QUALITY,
  type ViewerFormat,
  WIDTH,
} from '../lambda/params/table';
import { readValue } from '../lambda/params/value';
import type { Settings } from '../lambda/settings';

const integer = (parameter: IntegerParameter) => z.int().min(parameter.min).max(parameter.max);

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour as #rrggbb');

const typeSchema = z.strictObject({
  w: integer(WIDTH).optional(),
  h: integer(HEIGHT).optional(),
  format: z.enum(FORMAT.words as readonly ViewerFormat[]).optional(),
  quality: integer(QUALITY).optional(),
  fit: z.enum(FIT.words as readonly Fit[]).optional(),
  position: z
    .string()
    .refine((text) => readValue(POSITION, text, false) === text, { error: allowedValues(POSITION) })
    .optional(),
  background: colour.optional(),
});

/** Type names travel in URLs and in error lines, so they are kept to letters that need no escape. */
const typeName = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, 'a name of 1 to 32 letters, digits, - or _');

const limitsSchema = z.strictObject({
  sourceBytes: z.int().min(1).max(500_000_000).default(50_000_000),
  sourcePixels: z.int().min(1).max(500_000_000).default(50_000_000),
});

const snapSchema = z.strictObject({
  w: z.array(integer(WIDTH)).min(1).optional(),
  h: z.array(integer(HEIGHT)).min(1).optional(),
  quality: integer(QUALITY).optional(),
});

const schema = z.strictObject({
  types: z.record(typeName, typeSchema).default({}),
  quality: integer(QUALITY).default(80),
  background: colour.default('#ffffff'),
  ttl: z.int().min(1).max(31_536_000).default(86_400),
  limits: limitsSchema.prefault({}),
  onFailure: z.enum(['original', 'error']).default('original'),
  bodyLength: z.enum(['base64', 'decoded']).default('base64'),
  auto: z.array(z.enum(['avif', 'webp'])).default(['avif', 'webp']),
  snap: snapSchema.default({}),
});

/** What an engineer writes under `edgecrop` in `cdk.json`; everything has a default. */
export type Configuration = z.input<typeof schema>;

/** The settings, but for what is computed from them. */
export type Configured = Omit<Settings, 'v'>;

/**
 * Checks a configuration and fills in the defaults.
 *
 * @param given the value of the context key `edgecrop`: an object from `cdk.json`, or JSON from `cdk -c edgecrop=…`
 * @throws Error one line for each mistake: the key, what came, what is allowed
 */
export function readConfiguration(given: unknown): Configured {
  const value = typeof given === 'string' ? readJson(given) : given;
  const result = schema.safeParse(value ?? {});
  if (!result.success) {
    throw new Error(result.error.issues.map((issue) => describeIssue(issue, value)).join('\n'));
  }
  const settings = result.data;
  // `A` keeps its meaning whatever else is configured; a deployer may give it defaults of their own.
  return withoutUndefined({ ...settings, types: { A: {}, ...settings.types } });
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

function describeIssue(issue: z.core.$ZodIssue, given: unknown): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const came = path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[String(key)] : undefined),
    given,
  );
  const key = ['edgecrop', ...path].join('.');
  return `${key}: got ${shown(came)}, allowed: ${allowedBy(issue)}`;
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `no such key; there are ${keysAt(issue.path).join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const { shape } = { types: typeSchema, limits: limitsSchema, snap: snapSchema }[String(path[0])] ?? schema;
  return Object.keys(shape);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}

/** The settings are baked in as JSON, which knows no `undefined`. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
