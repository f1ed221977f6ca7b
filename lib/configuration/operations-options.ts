import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { SHIELD_REGIONS } from './edge-regions';

/** What CloudWatch takes; an endless log is nobody's wish here. */
const RETENTION_DAYS = Object.values(RetentionDays).filter(
  (days): days is number => typeof days === 'number' && days < RetentionDays.INFINITE,
);

const alarmsSchema = z.strictObject({
  email: z
    .email('an e-mail address')
    .optional()
    .describe('Who is told. Without it the topic is there and has no subscriber.'),
  serverErrors: z.number().gt(0).max(100).default(1).describe("5xx of viewers' requests, in percent."),
  fallbacks: z
    .number()
    .gt(0)
    .max(100)
    .optional()
    .describe(
      'Of crops that were not in the cache, in percent: the original for whatever reason. 20 with Origin Shield in us-east-1, else not watched.',
    ),
  failures: z
    .number()
    .gt(0)
    .max(100)
    .optional()
    .describe("The same, for reasons that are not the picture's. 2 with Origin Shield in us-east-1."),
  renderTime: z
    .int()
    .min(1)
    .max(30_000)
    .optional()
    .describe('The 99th percentile, in milliseconds. 8000 with Origin Shield in us-east-1.'),
});

/** What watches over a deployment and what bounds its cost. */
export const operationsSchema = z.strictObject({
  originShield: z
    .union([z.boolean(), z.enum(SHIELD_REGIONS)], {
      error: `true, false or one of ${SHIELD_REGIONS.join(', ')}`,
    })
    .default(false)
    .describe(
      'One more cache in front of the bucket, and every crop rendered there; `true` is the region nearest to the bucket.',
    ),
  webAclArn: z
    .string()
    .regex(
      /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]{36}$/,
      "a web ACL of WAFv2 for CloudFront: 'arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID'",
    )
    .optional()
    .describe('A web ACL of AWS WAF, for CloudFront.'),
  logRetention: z
    .strictObject({
      days: z
        .literal(RETENTION_DAYS)
        .default(RetentionDays.ONE_MONTH)
        .describe("Days that the function's log is kept."),
      everyRegion: z
        .boolean()
        .default(false)
        .describe('Else only in us-east-1: replicas elsewhere create groups that never forget.'),
    })
    .prefault({})
    .describe('How long the log of the function that renders is kept.'),
  accessLogs: z
    .boolean()
    .default(false)
    .describe('A line of JSON for each request, 90 days in a bucket: see [operating.md](operating.md).'),
  dashboard: z.boolean().default(false).describe('A CloudWatch dashboard over every region.'),
  alarms: alarmsSchema
    .optional()
    .describe('Alarms and the topic that they tell: see [which there are](operating.md#alarms).'),
  autoInvalidate: z
    .boolean()
    .default(false)
    .describe(
      'What is replaced or removed in the bucket is purged from the cache: [mind bulk uploads](operating.md#replace-and-purge).',
    ),
});

/** What watches over a deployment, checked and completed. */
export type OperationsSettings = z.output<typeof operationsSchema>;

export type AlarmSettings = z.output<typeof alarmsSchema>;
