import { CHECKS } from './checks';
import type { Check, Finding, Probe, Verdict } from './harness/check';
import type { Context } from './harness/context';
import { PROBES } from './probes';

export interface CheckResult {
  readonly check: Check;
  readonly verdict: Verdict;
}

export interface ProbeResult {
  readonly probe: Probe;
  readonly finding: Finding;
}

/** Everything that was seen. */
export interface Report {
  readonly checks: readonly CheckResult[];
  readonly probes: readonly ProbeResult[];
}

export interface RunOptions {
  /**
   * @default - all
   */
  readonly checks?: readonly Check[];
  /**
   * @default - all
   */
  readonly probes?: readonly Probe[];
  /**
   * Told what is asked next.
   *
   * @default - nobody
   */
  readonly onNext?: (name: string) => void;
}

/** Asks one thing after the other: a check must not find in the cache what another is about to put there. */
export async function runConformance(
  context: Context,
  { checks = CHECKS, probes = PROBES, onNext = () => {} }: RunOptions = {},
): Promise<Report> {
  const checked: CheckResult[] = [];
  for (const check of checks) {
    onNext(check.name);
    checked.push({ check, verdict: await judge(check, context) });
  }
  const probed: ProbeResult[] = [];
  for (const probe of probes) {
    onNext(probe.name);
    probed.push({ probe, finding: await find(probe, context) });
  }
  return { checks: checked, probes: probed };
}

/** The names of the checks that failed. */
export function failures({ checks }: Report): readonly string[] {
  return checks.filter(({ verdict }) => verdict.kind === 'fail').map(({ check }) => check.name);
}

/** A deployment that does not answer, or not in a way that can be read, fails: it had its chance. */
async function judge(check: Check, context: Context): Promise<Verdict> {
  try {
    return await check.run(context);
  } catch (error) {
    return { kind: 'fail', reason: describe(error) };
  }
}

async function find(probe: Probe, context: Context): Promise<Finding> {
  try {
    return await probe.run(context);
  } catch (error) {
    return { kind: 'unknown', reason: describe(error) };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
