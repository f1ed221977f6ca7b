import type { z } from 'zod';
import { nearestShieldRegion, SHIELD_REGIONS } from './edge-regions';
import type { operationsSchema } from './operations-options';
import type { BucketSettings, originsSchema } from './origin-options';

/** The options that can contradict each other. */
type Options = Pick<
  z.output<typeof operationsSchema>,
  'originShield' | 'alarms' | 'autoInvalidate' | 'dashboard'
> & {
  readonly metrics: boolean;
  readonly bucket?: BucketSettings | undefined;
  readonly origins: z.output<typeof originsSchema>;
};

type Refuse = (path: readonly PropertyKey[], allowed: string) => void;

/** Refuses options that are right by themselves and wrong together, all at once. */
export function refuseContradictions(options: Options, context: z.core.$RefinementCtx<Options>): void {
  const refuse: Refuse = (path, allowed) =>
    context.issues.push({ code: 'custom', path: [...path], message: allowed, input: options });
  refuseForeignPurges(options, refuse);
  refuseMissingShieldRegion(options, refuse);
  refuseUnwatchedThresholds(options, refuse);
  refuseEmptyDashboard(options, refuse);
  refuseDifferentBuckets(options, refuse);
  refuseUnreachablePatterns(options, refuse);
}

/** A bucket has one list of notifications, which belongs to its owner: writing ours would drop theirs. */
function refuseForeignPurges({ autoInvalidate, bucket }: Options, refuse: Refuse): void {
  if (!autoInvalidate || !bucket) return;
  refuse(
    ['autoInvalidate'],
    'only with a bucket that this stack creates; with an existing one, remove autoInvalidate and purge as ' +
      'docs/purging.md says',
  );
}

function refuseMissingShieldRegion(options: Options, refuse: Refuse): void {
  if (options.originShield !== true) return;
  for (const region of new Set(bucketRegions(options))) {
    if (nearestShieldRegion(region) !== undefined) continue;
    refuse(
      ['originShield'],
      `one of ${SHIELD_REGIONS.join(', ')}, as AWS recommends no region for a bucket in ${region}`,
    );
  }
}

/** An alarm watches metrics of its own region only, and the functions' metrics are where they ran. */
function refuseUnwatchedThresholds({ alarms, originShield, metrics }: Options, refuse: Refuse): void {
  if (!alarms || (originShield !== false && metrics)) return;
  const allowed = metrics
    ? 'only with originShield, as an alarm watches metrics of its own region'
    : 'only with metrics: true';
  for (const key of ['fallbacks', 'failures', 'renderTime'] as const) {
    if (alarms[key] !== undefined) refuse(['alarms', key], allowed);
  }
}

function refuseEmptyDashboard({ dashboard, metrics }: Options, refuse: Refuse): void {
  if (dashboard && !metrics) refuse(['dashboard'], 'only with metrics: true, which it shows');
}

function refuseDifferentBuckets({ bucket, origins }: Options, refuse: Refuse): void {
  const known = new Map<string, BucketSettings>(bucket ? [[bucket.name, bucket]] : []);
  for (const [pattern, origin] of Object.entries(origins)) {
    if (!origin.bucket) continue;
    const { name, region, kmsKeyArn } = origin.bucket;
    const earlier = known.get(name) ?? origin.bucket;
    known.set(name, earlier);
    if (earlier.region === region && earlier.kmsKeyArn === kmsKeyArn) continue;
    refuse(['origins', pattern, 'bucket'], `${JSON.stringify(earlier)}, as for the same bucket elsewhere`);
  }
}

/** CloudFront uses the first pattern that matches. */
function refuseUnreachablePatterns({ origins }: Options, refuse: Refuse): void {
  const patterns = Object.keys(origins);
  patterns.forEach((pattern, index) => {
    const earlier = patterns.slice(0, index).find((other) => covers(other, pattern));
    if (earlier !== undefined)
      refuse(['origins', pattern], `only before ${earlier}, which matches all its paths`);
  });
}

/** Whether a pattern matches everything that another one matches: it matches the other's text, stars included. */
function covers(pattern: string, other: string): boolean {
  const literals = pattern.split('*');
  const [first = '', ...rest] = literals;
  const last = rest.pop();
  if (last === undefined) return pattern === other;
  if (!other.startsWith(first)) return false;
  let at = first.length;
  for (const literal of rest) {
    const found = other.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return other.length - last.length >= at && other.endsWith(last);
}

/** The region of the bucket behind each behaviour. The stack's own bucket is in us-east-1. */
function bucketRegions({ bucket, origins }: Options): readonly string[] {
  const main = bucket?.region ?? 'us-east-1';
  return [main, ...Object.values(origins).map((origin) => origin.bucket?.region ?? main)];
}
