import { z } from 'zod';
import { check } from './check';
import { refuseContradictions } from './contradictions';
import { croppingSchema } from './cropping-options';
import { domainSchema } from './domain-options';
import { operationsSchema } from './operations-options';
import type { CroppingOptions, StackOptions } from './options';
import { bucketSchema, originPathSchema, originsSchema } from './origin-options';
import { text, wholeNumber } from './values';

/**
 * In megabytes. 1,769 is one vCPU; less costs the same, is slower, and cannot hold the most expensive sources.
 * See docs/costs.md.
 */
export const memorySizeSchema = wholeNumber(1769, 10_240);

/** What the stack creates beside the cropping itself. */
const infrastructureSchema = z.strictObject({
  memorySize: memorySizeSchema
    .default(1769)
    .describe('Megabytes of the function that renders: see [what they cost](costs.md#how-much-memory).'),
  domain: domainSchema
    .optional()
    .describe('Custom domain names. Default: the name that CloudFront gives: see [deploy.md](deploy.md).'),
  bucket: bucketSchema
    .optional()
    .describe('An existing bucket. Default: the stack creates one: see [deploy.md](deploy.md).'),
  originPath: originPathSchema
    .optional()
    .describe('The folder of the bucket in which the paths of URLs begin, as `/media`.'),
  origins: originsSchema
    .default({})
    .describe('Other buckets, folders and types, by path pattern: see [deploy.md](deploy.md).'),
  ...operationsSchema.shape,
});

/** Several deployments in one account differ in these. */
const deploymentShape = {
  stackName: text(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'a name of 1 to 64 letters, digits and -, a letter first')
    .default('Edgecrop')
    .describe('The name of the stack. Metrics carry it, so give each deployment in an account its own.'),
  tags: z
    .record(
      text(/^(?!aws:).{1,128}$/i, 'a tag key of 1 to 128 characters that does not start with aws:'),
      text(/^.{0,256}$/, 'a text of at most 256 characters'),
    )
    .default({})
    .describe('Tags on everything that can have tags.'),
  terminationProtection: z
    .boolean()
    .default(false)
    .describe('Whether CloudFormation refuses to delete the stack.'),
};

const stackShape = { ...croppingSchema.shape, ...infrastructureSchema.shape };

export const stackSchema = z.strictObject(stackShape).superRefine(refuseContradictions);

/** Everything under `edgecrop` in `cdk.json`; docs/configuration.md is generated from it. */
export const appSchema = z
  .strictObject({ ...stackShape, ...deploymentShape })
  .superRefine(refuseContradictions);

/** Checked and complete options for what the stack creates beside the cropping. */
export type InfrastructureSettings = z.output<typeof infrastructureSchema>;

/** Checked options of a stack: of its functions, and of everything else. */
export interface StackSettings {
  readonly cropping: CroppingOptions;
  readonly infrastructure: InfrastructureSettings;
}

/**
 * Checks the options of a stack.
 *
 * @param subject what a message calls the options
 * @throws Error with one line for each mistake: the key, what came, what is allowed
 */
export function readStackOptions(given: unknown, subject = 'options'): StackSettings {
  const checked = check(stackSchema, given, subject);
  // Each of the two schemas picks its own keys.
  return {
    cropping: z.object(croppingSchema.shape).parse(checked),
    infrastructure: z.object(infrastructureSchema.shape).parse(checked),
  };
}

/** What `cdk.json` decides about a stack: its options, and its properties in CloudFormation. */
export interface AppSettings {
  readonly options: StackOptions;
  readonly stackName: string;
  readonly tags: Record<string, string>;
  readonly terminationProtection: boolean;
}

/**
 * Checks what is under `edgecrop` in `cdk.json`, before anything is created.
 *
 * @throws Error with one line for each mistake: the key, what came, what is allowed
 */
export function readAppOptions(given: unknown): AppSettings {
  const { stackName, tags, terminationProtection, ...options } = check(appSchema, given, 'edgecrop');
  return { options, stackName, tags, terminationProtection };
}
