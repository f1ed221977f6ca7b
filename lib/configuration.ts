import { z } from 'zod';
import {
  allowedValues,
  FIT,
  type Fit,
  FORMAT,
  HEIGHT,
  type IntegerParameter,
  PARAMETERS,
  POSITION,
  QUALITY,
  TYPE,
  type ViewerFormat,
  WIDTH,
} from '../lambda/params/table';
import { readValue } from '../lambda/params/value';
import type { Lockable, Settings } from '../lambda/settings';
import { check } from './check';

const integer = (parameter: IntegerParameter) => z.int().min(parameter.min).max(parameter.max);

const LOCKABLE = PARAMETERS.map(({ name }) => name).filter((name): name is Lockable => name !== TYPE.name);

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour as #rrggbb');

/** `dpr` multiplies both sides, so it is locked with either. */
const lockedSchema = z
  .union([z.literal(true), z.array(z.enum(LOCKABLE)).min(1)], {
    error: `true, or some of ${LOCKABLE.join(', ')}`,
  })
  .transform((given): Lockable[] => {
    const named: readonly Lockable[] = given === true ? LOCKABLE : given;
    const isSideLocked = named.includes('w') || named.includes('h');
    return LOCKABLE.filter((name) => named.includes(name) || (name === 'dpr' && isSideLocked));
  });

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
  locked: lockedSchema.optional(),
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

/** How pictures are cropped: what is baked into the functions. */
export const croppingSchema = z.strictObject({
  types: z.record(typeName, typeSchema).default({}),
  quality: integer(QUALITY).default(80),
  background: colour.default('#ffffff'),
  ttl: z.int().min(1).max(31_536_000).default(86_400),
  limits: limitsSchema.prefault({}),
  onFailure: z.enum(['original', 'error']).default('original'),
  originals: z.enum(['allow', 'deny']).default('allow'),
  signing: z.boolean().default(false),
  bodyLength: z.enum(['base64', 'decoded']).default('base64'),
  auto: z.array(z.enum(['avif', 'webp'])).default(['avif', 'webp']),
  snap: snapSchema.default({}),
});

/** How pictures are cropped, as an engineer writes it; everything has a default. */
export type Configuration = z.input<typeof croppingSchema>;

/** The settings, but for what is computed from them. */
export type Configured = Omit<Settings, 'v'>;

/**
 * Checks a configuration and fills in the defaults.
 *
 * @param given an object, or JSON
 * @throws Error one line for each mistake: the key, what came, what is allowed
 */
export function readConfiguration(given: unknown): Configured {
  const settings = check(croppingSchema, given);
  // A fallback to the original would be the way around the denial.
  const onFailure = settings.originals === 'deny' ? 'error' : settings.onFailure;
  // `A` keeps its meaning whatever else is configured; a deployer may give it defaults of their own.
  return { ...settings, onFailure, types: { A: {}, ...settings.types } };
}
