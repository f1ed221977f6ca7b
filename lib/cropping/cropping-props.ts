import { z } from 'zod';
import { checkProps, isConstruct } from '../configuration/check';
import {
  type CroppingSettings,
  croppingSchema,
  readCroppingOptions,
} from '../configuration/cropping-options';
import { SHIELD_REGIONS } from '../configuration/edge-regions';
import { RETENTION_DAYS } from '../configuration/operations-options';
import { originPathSchema } from '../configuration/origin-options';
import { memorySizeSchema } from '../configuration/stack-options';

const propsSchema = z.strictObject({
  bucket: z.custom(hasMethod('arnForObjects'), {
    error: 'an IBucket, such as new Bucket(…) or Bucket.fromBucketAttributes(…)',
  }),
  originPath: z.preprocess((path) => (path === '' ? undefined : path), originPathSchema.optional()),
  options: croppingSchema.optional(),
  memorySize: memorySizeSchema.optional(),
  originShieldRegion: z.enum(SHIELD_REGIONS).optional(),
  logRetentionDays: z.literal(RETENTION_DAYS).optional(),
  signingKeys: z
    .custom(isConstruct, { error: 'an IKeyValueStore, such as the signingKeys of another cropping' })
    .optional(),
});

/** Checked props of a cropping, those that are not constructs. */
export interface CroppingProps {
  /** A folder as `/media`, or the empty string for the whole bucket. */
  readonly originPath: string;
  readonly memorySize: number | undefined;
  readonly originShieldRegion: string | undefined;
  readonly logRetentionDays: number | undefined;
  readonly settings: CroppingSettings;
}

/**
 * Checks the props of a cropping and fills in the defaults of its options.
 *
 * @param path of the construct
 * @throws Error with one line for each mistake: the prop, what came, what is allowed
 */
export function readCroppingProps(path: string, props: object): CroppingProps {
  const {
    originPath = '',
    memorySize,
    originShieldRegion,
    logRetentionDays,
    options,
  } = checkProps(propsSchema, props, path);
  const settings = readCroppingOptions(options, `${path}.options`);
  return { originPath, memorySize, originShieldRegion, logRetentionDays, settings };
}

function hasMethod(name: string): (value: unknown) => boolean {
  return (value) => isConstruct(value) && name in value;
}
