import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { SHIELD_REGIONS } from './edge-regions';

/** What CloudWatch takes; an endless log is nobody's wish here. */
const RETENTION_DAYS = Object.values(RetentionDays).filter(
  (days): days is number => typeof days === 'number' && days < RetentionDays.INFINITE,
);

const alarmsSchema = z.strictObject({
  /** Who is told. Without it the topic is there and has no subscriber. */
  email: z.email('an e-mail address').optional(),
  /** Of viewers' requests, in percent. */
  serverErrors: z.number().gt(0).max(100).default(1),
  /** Of crops that were not in the cache, in percent: the original for whatever reason. */
  fallbacks: z.number().gt(0).max(100).optional(),
  /** The same, for reasons that are not the picture's. */
  failures: z.number().gt(0).max(100).optional(),
  /** The 99th percentile, in milliseconds. The function has 30 seconds, for the fetch as well. */
  renderTime: z.int().min(1).max(30_000).optional(),
});

/** What watches over a deployment and what bounds its cost. */
export const operationsSchema = z.strictObject({
  /** `true` is the region nearest to the bucket. Pays for itself where viewers are on several continents. */
  originShield: z
    .union([z.boolean(), z.enum(SHIELD_REGIONS)], {
      error: `true, false or one of ${SHIELD_REGIONS.join(', ')}`,
    })
    .default(false),
  webAclArn: z
    .string()
    .regex(
      /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]{36}$/,
      "a web ACL of WAFv2 for CloudFront: 'arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID'",
    )
    .optional(),
  logRetention: z
    .strictObject({
      days: z.literal(RETENTION_DAYS).default(RetentionDays.ONE_MONTH),
      /** Else only in us-east-1: replicas elsewhere create groups that never forget. */
      everyRegion: z.boolean().default(false),
    })
    .prefault({}),
  accessLogs: z.boolean().default(false),
  dashboard: z.boolean().default(false),
  alarms: alarmsSchema.optional(),
  autoInvalidate: z.boolean().default(false),
});

/** What watches over a deployment, checked and completed. */
export type OperationsConfiguration = z.output<typeof operationsSchema>;

export type AlarmsConfiguration = z.output<typeof alarmsSchema>;
