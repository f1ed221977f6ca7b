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
import { check } from './check';

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

/** How pictures are cropped: what is baked into the functions. */
export const croppingSchema = z.strictObject({
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
  // `A` keeps its meaning whatever else is configured; a deployer may give it defaults of their own.
  return { ...settings, types: { A: {}, ...settings.types } };
}
