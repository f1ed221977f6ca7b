import { z } from 'zod';
import { check } from './check';
import { type CroppingOptions, croppingSchema } from './cropping-options';
import { domainSchema } from './domain-options';
import { operationsSchema } from './operations-options';
import { bucketSchema, originPathSchema, originsSchema } from './origin-options';

/** What the stack is made of, beside how it crops. */
const infrastructureSchema = z.strictObject({
  /**
   * Of the function that renders, in megabytes. 1,769 is a whole vCPU; less costs as much, is slower and
   * does not hold the dearest sources. See docs/memory-size.md.
   */
  memorySize: z
    .int()
    .min(1769)
    .max(10_240)
    .default(1769)
    .describe('Megabytes of the function that renders: see [what they cost](memory-size.md).'),
  domain: domainSchema
    .optional()
    .describe(
      "Names of one's own; without them the distribution has CloudFront's: see [deploy.md](deploy.md).",
    ),
  bucket: bucketSchema
    .optional()
    .describe(
      "A bucket that is there already, in place of one of the stack's own: see [deploy.md](deploy.md).",
    ),
  originPath: originPathSchema
    .optional()
    .describe('The folder of the bucket in which the paths of URLs begin, as `/media`.'),
  origins: originsSchema
    .default({})
    .describe('Other buckets, folders and types, by path pattern: see [deploy.md](deploy.md).'),
  ...operationsSchema.shape,
});

/** Everything that an engineer may write: docs/configuration.md is made of it. */
export const stackSchema = croppingSchema.extend(infrastructureSchema.shape);

/** What an engineer writes under `edgecrop` in `cdk.json`; everything has a default. */
export type StackOptions = z.input<typeof stackSchema>;

/** What the stack is made of, checked and completed. */
export type InfrastructureSettings = z.output<typeof infrastructureSchema>;

/**
 * Checks the configuration of a stack, and tells what is for the functions from what is for the template.
 *
 * @param given the value of the context key `edgecrop`: an object from `cdk.json`, or JSON from `cdk -c edgecrop=…`
 * @throws Error one line for each mistake: the key, what came, what is allowed
 */
export function readStackOptions(given: unknown): {
  readonly cropping: CroppingOptions;
  readonly deployment: InfrastructureSettings;
} {
  const checked = check(stackSchema, given);
  // Each takes its own keys and passes over the other's.
  return {
    cropping: z.object(croppingSchema.shape).parse(checked),
    deployment: z.object(infrastructureSchema.shape).parse(checked),
  };
}
