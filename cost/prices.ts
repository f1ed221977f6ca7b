/** A list price of AWS, in US dollars. */
export interface Price {
  readonly usd: number;
  /** For how many units that is. */
  readonly per: number;
  readonly unit: string;
  /** Units a month that the always-free tier takes off. */
  readonly free?: number;
  readonly source: string;
}

/** When the prices below were read. They are those of the United States; other regions cost more. */
export const PRICED_ON = '2026-11-22';

const CLOUDFRONT = 'https://aws.amazon.com/cloudfront/pricing/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const WAF = 'https://aws.amazon.com/waf/pricing/';

/** Every price that a bill is computed from. Put your own here. */
export const PRICES = {
  request: { usd: 0.01, per: 10_000, unit: 'HTTPS requests', free: 10_000_000, source: CLOUDFRONT },
  transfer: { usd: 0.085, per: 1, unit: 'GB', free: 1_000, source: CLOUDFRONT },
  viewerFunction: { usd: 0.1, per: 1_000_000, unit: 'runs', free: 2_000_000, source: CLOUDFRONT },
  // Not confirmed: the pricing page was not to be had when this table was made.
  keyRead: { usd: 0.03, per: 1_000_000, unit: 'reads', source: CLOUDFRONT },
  shieldRequest: { usd: 0.0075, per: 10_000, unit: 'requests', source: CLOUDFRONT },
  edgeRequest: { usd: 0.6, per: 1_000_000, unit: 'runs', source: LAMBDA },
  edgeCompute: { usd: 0.00005001, per: 1, unit: 'GB-s', source: LAMBDA },
  s3Get: { usd: 0.0004, per: 1_000, unit: 'GET requests', source: S3 },
  // From the United States and Europe. São Paulo, for one, costs several times as much.
  crossRegion: { usd: 0.02, per: 1, unit: 'GB', source: S3 },
  logs: { usd: 0.5, per: 1, unit: 'GB', source: CLOUDWATCH },
  metric: { usd: 0.3, per: 1, unit: 'metric-months', source: CLOUDWATCH },
  alarm: { usd: 0.1, per: 1, unit: 'metrics in alarms', source: CLOUDWATCH },
  dashboard: { usd: 3, per: 1, unit: 'dashboards', source: CLOUDWATCH },
  webAcl: { usd: 6, per: 1, unit: 'web ACLs with one rule', source: WAF },
  webAclRequest: { usd: 0.6, per: 1_000_000, unit: 'requests', source: WAF },
} as const satisfies Record<string, Price>;

export type Prices = Readonly<Record<keyof typeof PRICES, Price>>;
