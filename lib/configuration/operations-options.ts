import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { SHIELD_REGIONS } from './edge-regions';
import { percent, text, wholeNumber } from './values';

/** The periods that CloudWatch Logs knows, without "for ever". */
export const RETENTION_DAYS = Object.values(RetentionDays).filter(
  (days): days is number => typeof days === 'number' && days < RetentionDays.INFINITE,
);

const alarmsSchema = z.strictObject({
  email: z
    .email('an e-mail address')
    .optional()
    .describe('The address that gets the mails. Without it, the topic has no subscriber.'),
  serverErrors: percent().default(1).describe("5xx of viewers' requests, in percent."),
  clientErrors: percent()
    .default(20)
    .describe("4xx of viewers' requests, in percent: a policy or a key that lets nobody read is a 403."),
  fallbacks: percent()
    .optional()
    .describe(
      'Of crops that were not in the cache, in percent: the original for whatever reason. 20 with Origin Shield, else not watched.',
    ),
  failures: percent()
    .optional()
    .describe("The same, for reasons that are not the image's. 2 with Origin Shield."),
  renderTime: wholeNumber(1, 30_000)
    .optional()
    .describe('The 99th percentile, in milliseconds. 8000 with Origin Shield.'),
});

/** Monitoring, logs, and what bounds the cost of a deployment. */
export const operationsSchema = z.strictObject({
  originShield: z
    .union([z.boolean(), z.enum(SHIELD_REGIONS)], {
      error: `true, false or one of ${SHIELD_REGIONS.join(', ')}`,
    })
    .default(false)
    .describe(
      'One more cache in front of the bucket, and every crop rendered there; `true` is the region nearest to the bucket.',
    ),
  webAclArn: text(
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
        .describe(
          'Apply it in every region. Otherwise only us-east-1 has it, and replicas elsewhere create groups that keep their lines for ever.',
        ),
    })
    .prefault({})
    .describe('How long the log of the function that renders is kept.'),
  accessLogs: z
    .boolean()
    .default(false)
    .describe(
      'A line of JSON for each request, 90 days in a bucket: see [access logs](monitoring.md#read-access-logs).',
    ),
  dashboard: z.boolean().default(false).describe('A CloudWatch dashboard over every region.'),
  alarms: alarmsSchema
    .optional()
    .describe(
      'Alarms and the topic that they notify: see [which there are](monitoring.md#which-alarms-you-get).',
    ),
  oldVersionDays: wholeNumber(1, 3650)
    .default(90)
    .describe('Days that replaced and deleted images are kept in the bucket that the stack creates.'),
  autoInvalidate: z
    .boolean()
    .default(false)
    .describe(
      'What is replaced or removed in the bucket is purged from the cache: [mind bulk uploads](purging.md#purge-automatically).',
    ),
});

/** Checked and complete operations options. */
export type OperationsSettings = z.output<typeof operationsSchema>;

export type AlarmSettings = z.output<typeof alarmsSchema>;
