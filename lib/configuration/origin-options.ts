import { z } from 'zod';
import { croppingSchema } from './cropping-options';
import { regionSchema } from './region';
import { text } from './values';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = text(
  /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'the name of a bucket: 3 to 63 small letters, digits, dots and hyphens',
);

/** Only of the aws partition: CloudFront cannot use a key of another one. */
const keyArn = text(
  /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
  'the ARN of a KMS key, as in arn:aws:kms:eu-central-1:123456789012:key/…, not of an alias',
);

/** An existing bucket. */
export const bucketSchema = z
  .strictObject({
    name: bucketName.describe('Its name.'),
    region: regionSchema.describe('Its region.'),
    kmsKeyArn: keyArn.optional().describe('The KMS key that its objects are encrypted with.'),
  })
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  .refine(({ region, kmsKeyArn }) => kmsKeyArn === undefined || kmsKeyArn.split(':')[3] === region, {
    path: ['kmsKeyArn'],
    error: "a key in the bucket's region",
  });

/**
 * The folder of a bucket in which the paths of URLs begin. Limited to letters that mean the same in a URL and
 * in an IAM resource.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginPath
 */
export const originPathSchema = text(
  /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)+$/,
  'a path of letters, digits and . _ ~ - that starts with / and does not end with it',
  255,
);

/**
 * Fewer letters than CloudFront allows, and no `?`. CloudFront matches a path before the viewer-request function
 * normalises it, so with `@` in a pattern `/@a.jpg` and `/%40a.jpg` would use two behaviours for one image.
 * CloudFront resolves empty segments and dot segments before it matches.
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

/** The origin and the types of the paths under one pattern. */
const originSchema = z
  .strictObject({
    bucket: bucketSchema.optional().describe("An existing bucket. Default: the stack's."),
    originPath: originPathSchema
      .optional()
      .describe('The folder of the bucket in which the paths of URLs begin.'),
    types: croppingSchema.shape.types
      .removeDefault()
      .optional()
      .describe("The types of these paths. Default: the stack's."),
    missing: croppingSchema.shape.missing.describe(
      "The image for missing objects of these paths. Default: the stack's.",
    ),
  })
  // It would pay for two more functions that do what the default behaviour does.
  .refine((origin) => Object.keys(origin).length > 0, {
    error: 'at least one of bucket, originPath, types, missing',
  });

/** Path patterns in order of precedence. */
export const originsSchema = z
  .record(pathPattern, originSchema)
  .refine((origins) => Object.keys(origins).length <= MAX_ORIGINS, {
    error: `at most ${MAX_ORIGINS} path patterns`,
  });

/** A checked existing bucket. */
export type BucketSettings = z.output<typeof bucketSchema>;
