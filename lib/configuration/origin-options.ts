import { z } from 'zod';
import { croppingSchema } from './cropping-options';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = z
  .string()
  .regex(
    /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'the name of a bucket: 3 to 63 small letters, digits, dots and hyphens',
  );

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, as in eu-central-1');

/** Another partition's ARN would be of no use: CloudFront is not in reach of it. */
const keyArn = z
  .string()
  .regex(
    /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    'the ARN of a KMS key, as in arn:aws:kms:eu-central-1:123456789012:key/…, not of an alias',
  );

/** A bucket that is there already. */
export const bucketSchema = z
  .strictObject({
    name: bucketName.describe('Its name.'),
    region: region.describe('Where it is.'),
    kmsKeyArn: keyArn.optional().describe('The key that its objects are encrypted with, where there is one.'),
  })
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  .refine(({ region: place, kmsKeyArn }) => kmsKeyArn === undefined || kmsKeyArn.split(':')[3] === place, {
    path: ['kmsKeyArn'],
    error: "a key in the bucket's region",
  });

/**
 * The folder of a bucket in which the paths of URLs begin. The letters are those that neither a URL nor IAM's
 * wildcards could read in another way.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginPath
 */
export const originPathSchema = z
  .string()
  .max(255)
  .regex(
    /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)+$/,
    'a path of letters, digits and . _ ~ - that starts with / and does not end with it',
  );

/**
 * Fewer letters than CloudFront takes, and no `?`: it compares a path before the viewer-request function gives
 * it its one spelling, so a letter that may stand escaped (`@` and `%40`) would lead one picture two ways.
 * Empty segments and dots are resolved before they are compared.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
const pathPattern = z
  .string()
  .max(255, 'a path pattern of at most 255 characters')
  .regex(
    /^(\/(?!\/|\.{1,2}(\/|$))[A-Za-z0-9._~*-]*)+$/,
    'a path pattern that starts with /, of letters, digits and . _ ~ - *, without // and dot segments',
  );

/** Beside the default behaviour: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const MAX_ORIGINS = 24;

/** What paths of one pattern are served from, and the types that they know. */
const originSchema = z.strictObject({
  bucket: bucketSchema.optional().describe('A bucket that is there already; absent: that of the stack.'),
  originPath: originPathSchema
    .optional()
    .describe('The folder of the bucket in which the paths of URLs begin.'),
  types: croppingSchema.shape.types
    .removeDefault()
    .optional()
    .describe('The types of these paths; absent: those of the stack.'),
});

/** Path patterns in their order of precedence. */
export const originsSchema = z
  .record(pathPattern, originSchema)
  .refine((origins) => Object.keys(origins).length <= MAX_ORIGINS, {
    error: `at most ${MAX_ORIGINS} path patterns`,
  });

/** A bucket that is there already, checked. */
export type BucketSettings = z.output<typeof bucketSchema>;

/** What paths of one pattern are served from, checked. */
export type PatternSettings = z.output<typeof originSchema>;
