import { z } from 'zod';
import { allowedValues } from '../../lambda/contract/parameters/allowed-values';
import type { IntegerParameter, Parameter } from '../../lambda/contract/parameters/parameter';
import {
  BACKGROUND,
  BLUR,
  FIT,
  type Fit,
  FLIP,
  type Flip,
  FORMAT,
  HEIGHT,
  PARAMETERS,
  POSITION,
  QUALITY,
  RECT,
  TRIM,
  TYPE,
  type ViewerFormat,
  WIDTH,
} from '../../lambda/contract/parameters/table';
import { readValue } from '../../lambda/contract/parameters/value';
import { BUILT_IN } from '../../lambda/contract/resolve';
import type { Effort, FunctionSettings, Lockable, TypeSettings } from '../../lambda/contract/settings';
import { check } from './check';
import { text, wholeNumber } from './values';
import { readWatermark, watermarkSchema } from './watermark';

const integer = ({ min, max }: IntegerParameter) => wholeNumber(min, max);

const LOCKABLE = PARAMETERS.map(({ name }) => name).filter((name): name is Lockable => name !== TYPE.name);

const colour = text(/^#[0-9a-f]{6}$/i, 'a colour as #rrggbb');

const EFFORTS = ['fast', 'balanced', 'small'] as const satisfies readonly Effort[];

/** A text that a URL may have too, in its normal form. */
const asInUrl = (row: Parameter) =>
  z
    .string({ error: allowedValues(row) })
    .refine((given) => read(row, given) !== undefined, { error: allowedValues(row) })
    .transform((given) => read(row, given) as string);

function read(row: Parameter, given: string | number) {
  return readValue(row, encodeURIComponent(given), false);
}

/** `dpr` multiplies sides and blur, so a lock on one of them locks it too. */
const lockedSchema = z
  .union([z.literal(true), z.array(z.enum(LOCKABLE)).min(1)], {
    error: `true, or some of ${LOCKABLE.join(', ')}`,
  })
  .transform((given): Lockable[] => {
    const named: readonly Lockable[] = given === true ? LOCKABLE : given;
    const isMultipleLocked = (['w', 'h', 'blur'] as const).some((name) => named.includes(name));
    return LOCKABLE.filter((name) => named.includes(name) || (name === 'dpr' && isMultipleLocked));
  });

const typeSchema = z.strictObject({
  w: integer(WIDTH).optional().describe('Width where the URL has none, in pixels.'),
  h: integer(HEIGHT).optional().describe('Height where the URL has none, in pixels.'),
  format: z
    .enum(FORMAT.words as readonly ViewerFormat[])
    .optional()
    .describe('Format where the URL has none.'),
  quality: integer(QUALITY).optional().describe("Quality where the URL has none, on JPEG's scale."),
  fit: z
    .enum(FIT.words as readonly Fit[])
    .optional()
    .describe('How the image meets its box where the URL does not say.'),
  position: asInUrl(POSITION).optional().describe('What stays in the image where the URL does not say.'),
  rect: asInUrl(RECT).optional().describe('The part that is cropped from where the URL does not say.'),
  rotate: z.literal([0, 90, 180, 270]).optional().describe('Degrees clockwise where the URL has none.'),
  flip: z
    .enum(FLIP.words as readonly Flip[])
    .optional()
    .describe('How the image is mirrored where the URL does not say.'),
  background: asInUrl(BACKGROUND).optional().describe('Overrides the general `background` for this type.'),
  blur: z
    .number({ error: allowedValues(BLUR) })
    .min(BLUR.min, { error: allowedValues(BLUR) })
    .max(BLUR.max, { error: allowedValues(BLUR) })
    .transform((given) => read(BLUR, given) as number)
    .optional()
    .describe("Sigma in the page's pixels where the URL has none."),
  trim: integer(TRIM).optional().describe('Tolerance of a border that is cut where the URL has none.'),
  animated: z
    .boolean()
    .optional()
    .describe('`false`: a still of the first frame where the URL does not say.'),
  download: z.boolean().optional().describe('`true`: browsers save the image where the URL does not say.'),
  sharpen: z
    .enum(['none', 'mild'])
    .optional()
    .describe('`mild` sharpens an image that is scaled below a half. No URL has it.'),
  watermark: watermarkSchema
    .optional()
    .describe(
      "A mark on every image of this type, which is locked then; needs `originals: 'deny'`: see [watermarks](watermarks.md).",
    ),
  effort: z.enum(EFFORTS).optional().describe('Overrides the general `effort` for this type.'),
  locked: lockedSchema
    .optional()
    .describe(
      'Parameters that a URL may not give: a list, or `true` for all. A locked side or blur locks `dpr` too.',
    ),
});

/** Type names appear in URLs and error lines, so they use only letters that need no escape there. */
const typeName = text(/^[A-Za-z0-9_-]{1,32}$/, 'a name of 1 to 32 letters, digits, - or _');

const FRACTION = 'a fraction from 0.001 to 1';

const limitsSchema = z.strictObject({
  sourceBytes: wholeNumber(1, 500_000_000)
    .default(50_000_000)
    .describe('Bytes of an original; a larger one is not cropped.'),
  sourcePixels: wholeNumber(1, 500_000_000)
    .default(50_000_000)
    .describe('Pixels that are decoded of an original, all frames together; one with more is not cropped.'),
});

const fraction = z.number({ error: FRACTION }).min(0.001, { error: FRACTION }).max(1, { error: FRACTION });

const snapSchema = z.strictObject({
  w: z
    .array(integer(WIDTH))
    .min(1, 'at least one step')
    .optional()
    .describe('Widths to round up to, as in `[160, 320, 640]`; above the largest, the largest.'),
  h: z
    .array(integer(HEIGHT))
    .min(1, 'at least one step')
    .optional()
    .describe('Heights to round up to; where `w` has steps and the URL has a width, the width decides.'),
  quality: integer(QUALITY).optional().describe('Quality is rounded up to a multiple of this.'),
  position: fraction
    .optional()
    .describe('Points of `position` are rounded to multiples of this fraction of the image.'),
  rect: fraction
    .optional()
    .describe('`rect` is rounded outwards to multiples of this fraction of the image.'),
  blur: z.number().min(1).max(BLUR.max).optional().describe('`blur` is rounded up to a multiple of this.'),
});

/** Limited to letters that mean the same in an object's key, a URL and an IAM resource. */
const missingSchema = z.strictObject({
  key: text(
    /^(?!\/)[A-Za-z0-9._~/-]+$/,
    'the key of an object, of letters, digits and . _ ~ - /, that does not start with /',
    1024,
  ).describe('The key of the image, in the bucket of the originals.'),
  status: z
    .literal([404, 200], { error: '404 or 200' })
    .default(404)
    .describe('The status of the answer: browsers show an image with a 404 too.'),
});

/** How images are cropped: everything that goes into the functions. */
export const croppingSchema = z.strictObject({
  types: z
    .record(typeName, typeSchema)
    .default({})
    .describe(
      'Types, each with defaults that a URL may override, beside `A`, which may have some too: `{ "thumb": { "w": 200, "h": 200, "format": "auto" } }`.',
    ),
  quality: integer(QUALITY)
    .default(BUILT_IN.quality)
    .describe("Quality where neither URL nor type names one, on JPEG's scale."),
  background: colour
    .default('#ffffff')
    .describe('Under transparency where the format has none, and around a padded image.'),
  effort: z
    .enum(EFFORTS)
    .default('balanced')
    .describe(
      'The time that encoders take for fewer bytes: `fast` for crops that few see, `small` for those that thousands do. See [decisions.md](decisions.md).',
    ),
  ttl: wholeNumber(1, 31_536_000)
    .default(86_400)
    .describe('Seconds in caches for an object without a Cache-Control.'),
  limits: limitsSchema.prefault({}).describe('What an original may be and still be cropped.'),
  heic: z
    .boolean()
    .default(false)
    .describe(
      'Whether HEIC (iPhone photos) is decoded, with libheif (LGPL). HEVC is patented: see [decisions.md](decisions.md).',
    ),
  onFailure: z
    .enum(['original', 'error'])
    .default('original')
    .describe('What is answered where there is no variant: see [failure.md](failure.md).'),
  originals: z
    .enum(['allow', 'deny'])
    .default('allow')
    .describe(
      'With `deny` a type is compulsory (403 without), nothing falls back on the original, and what is no image is 415.',
    ),
  missing: missingSchema
    .optional()
    .describe(
      'An image to crop where there is no such object: see [failure.md](failure.md#missing-objects).',
    ),
  signing: z
    .boolean()
    .default(false)
    .describe('Whether only URLs with a signature are answered: see [signing.md](signing.md).'),
  bodyLength: z
    .enum(['base64', 'decoded'])
    .default('base64')
    .describe(
      'How AWS counts a body against its 1 MB, which it does not say: see [decisions.md](decisions.md).',
    ),
  auto: z
    .array(z.enum(['avif', 'webp']))
    .default(['avif', 'webp'])
    .describe("What `format=auto` may choose, best first; `[]` leaves it at the source's own format."),
  metrics: z
    .boolean()
    .default(true)
    .describe(
      'Whether the function that renders counts crops and failures in CloudWatch: some 20 metrics in each region, see [costs](costs.md#what-changes-the-bill).',
    ),
  snap: snapSchema
    .default({})
    .describe('Steps that sizes, quality and the rest are rounded to, so that nobody can order every one.'),
});

/** Checked and complete options. */
export type CroppingSettings = Omit<FunctionSettings, 'v' | 'typeVersions' | 'deployment'>;

/**
 * Checks the options and fills in the defaults.
 *
 * @param subject what a message calls the options
 * @throws Error with one line for each mistake: the key, what came, what is allowed
 */
export function readCroppingOptions(given: unknown, subject = 'options'): CroppingSettings {
  const settings = check(croppingSchema, given, subject);
  // Falling back to the original would give away what `deny` protects.
  const onFailure = settings.originals === 'deny' ? 'error' : settings.onFailure;
  // `A` is always a type; a deployer can only give it defaults.
  const types = Object.fromEntries(
    Object.entries(withWatermarks(settings, subject)).map(([name, type]) => [
      name,
      // The functions compare what comes with what the type says.
      type.locked?.includes('quality') ? { quality: settings.quality, ...type } : type,
    ]),
  );
  return { ...settings, onFailure, types: { A: {}, ...types } };
}

/**
 * Reads the files of watermarks and locks their types: with a free rectangle or size, the picture could be put together
 * from parts that the mark leaves clean.
 *
 * @throws Error where a watermark could be got round
 */
function withWatermarks(
  { types, originals, signing }: z.output<typeof croppingSchema>,
  subject: string,
): Readonly<Record<string, TypeSettings>> {
  const marked = Object.keys(types).find((name) => types[name]?.watermark);
  const refuse = (key: string, came: string, allowed: string) =>
    new Error(`${subject}.${key}: got ${came}, allowed: ${allowed}`);
  if (marked !== undefined && originals !== 'deny') {
    throw refuse('originals', JSON.stringify(originals), `"deny", because type ${marked} has a watermark`);
  }
  if (marked !== undefined && !signing && !types.A?.locked && !types.A?.watermark) {
    const allowed = `locked values or a watermark, because every URL may say t=A, and type ${marked} has a watermark`;
    throw refuse('types.A', types.A ? JSON.stringify(types.A) : 'nothing', allowed);
  }
  return Object.fromEntries(
    Object.entries(types).map(([name, { watermark, ...type }]) => {
      if (watermark === undefined) return [name, type];
      if (type.locked && type.locked.length < LOCKABLE.length) {
        throw refuse(
          `types.${name}.locked`,
          JSON.stringify(type.locked),
          'true, or nothing, as it has a watermark',
        );
      }
      const read = readWatermark(watermark, `${subject}.types.${name}.watermark`);
      return [name, { ...type, watermark: read, locked: LOCKABLE }];
    }),
  );
}
