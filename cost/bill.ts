import type { Price, Prices } from './prices';

/** What a deployment does in a month. */
export interface Usage {
  /** Requests of viewers. */
  readonly requests: number;
  /** Share of them that are crops nobody has cached, 0…1. */
  readonly misses: number;
  /** Share of them that are originals, 404s and the like which nobody has cached, 0…1: the function runs for those too. */
  readonly otherMisses: number;
  /** Size of an original, in bytes. */
  readonly originalBytes: number;
  /** Size of what a viewer gets, in bytes. */
  readonly variantBytes: number;
  /** How long a crop takes, in milliseconds. */
  readonly renderMs: number;
  /** Of the function that renders, in MB. */
  readonly memorySize: number;
  /** Regions that it runs in. */
  readonly regions: number;
  /** Metrics that it counts in each of them. */
  readonly metrics: number;
  /** Metrics that alarms watch. */
  readonly alarms: number;
  /** Origin Shield in the region of the bucket, where the function then runs. */
  readonly originShield: boolean;
  readonly signing: boolean;
  readonly dashboard: boolean;
  readonly webAcl: boolean;
  /** Whether the always-free tier is taken off. */
  readonly freeTier: boolean;
}

/** One line of a bill. */
export interface BillItem {
  readonly what: string;
  readonly units: number;
  readonly price: Price;
  readonly usd: number;
}

/** An answer of the function that renders, and of one that has nothing to do, in milliseconds. */
const IDLE_MS = 2;

/** A line of the function's log, in bytes. Only work that it had is logged. */
const LOG_BYTES = 1_500;

const GB = 1e9;

/** What a month costs, line by line, without the lines that come to nothing. */
export function bill(usage: Usage, prices: Prices): readonly BillItem[] {
  const { requests, originShield } = usage;
  const crops = requests * usage.misses;
  const others = requests * usage.otherMisses;
  const seconds = (crops * usage.renderMs + others * IDLE_MS) / 1_000;
  const regions = originShield ? 1 : usage.regions;
  const lines: readonly (readonly [string, keyof Prices, number])[] = [
    ['requests', 'request', requests],
    ['bytes to viewers', 'transfer', (requests * usage.variantBytes) / GB],
    ['viewer-request function', 'viewerFunction', requests],
    ['signing keys', 'keyRead', usage.signing ? requests : 0],
    ['function that renders, runs', 'edgeRequest', crops + others],
    // A MB of Lambda is 2^20 bytes, a GB 2^30: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
    ['function that renders, time', 'edgeCompute', (seconds * usage.memorySize) / 1_024],
    // CloudFront reads the original, and then the function does.
    ['reads of S3', 's3Get', 2 * crops + others],
    [
      'originals read from another region',
      'crossRegion',
      originShield ? 0 : (crops * usage.originalBytes * elsewhere(regions)) / GB,
    ],
    ['Origin Shield', 'shieldRequest', originShield ? crops + others : 0],
    ['log of the function', 'logs', (crops * LOG_BYTES) / GB],
    ['metrics of the function, at most', 'metric', usage.metrics * regions],
    ['alarms', 'alarm', usage.alarms],
    ['dashboard', 'dashboard', usage.dashboard ? 1 : 0],
    ['web ACL', 'webAcl', usage.webAcl ? 1 : 0],
    ['web ACL, requests', 'webAclRequest', usage.webAcl ? requests : 0],
  ];
  return lines.flatMap(([what, name, used]) => {
    const price = prices[name];
    const units = Math.max(0, used - (usage.freeTier ? (price.free ?? 0) : 0));
    return units === 0 ? [] : [{ what, units, price, usd: (units * price.usd) / price.per }];
  });
}

/** The share of crops that is rendered outside the bucket's region; viewers are taken to be everywhere alike. */
function elsewhere(regions: number): number {
  return 1 - 1 / regions;
}

export function total(items: readonly BillItem[]): number {
  return items.reduce((sum, { usd }) => sum + usd, 0);
}
