import type { CloudFrontRequest } from 'aws-lambda';
import type { FunctionSettings } from '../contract/settings';
import { REASONS } from './failure/reason';
import type { Outcome } from './response/outcome';

/**
 * One log line per response that the function produced, in CloudWatch's embedded metric format, so that the log line
 * is the metric as well.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export interface LogEntry {
  /** Absent if the deployment has no metrics. */
  readonly _aws?: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly Directive[];
  };
  readonly deployment: string;
  readonly outcome: LoggedOutcome;
  readonly uri: string;
  readonly query: string;
  readonly [property: string]: unknown;
}

/** Metrics of a deployment, counted separately for each value of one more property of the line. */
interface Directive {
  readonly Namespace: 'edgecrop';
  readonly Dimensions: readonly [readonly ['deployment', string]];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: Unit }[];
}

export type Log = (entry: LogEntry) => void;

/** The values of the metrics' dimension `outcome`. Dashboards and alarms search for them, so they never change. */
const LOGGED_OUTCOMES = {
  'not-modified': 'not-modified',
  rendered: 'rendered',
  described: 'described',
  missing: 'missing',
  'not-found': 'not-found',
  'original-is-smaller': 'kept',
  'not-cropped': 'not-cropped',
  fallback: 'fallback',
  head: 'head',
  bad: 'bad',
  denied: 'denied',
  unchecked: 'unchecked',
  'bucket-listing': 'listing',
} as const satisfies Record<Exclude<Outcome['kind'], 'pass-through'>, string>;

type LoggedOutcome = (typeof LOGGED_OUTCOMES)[keyof typeof LOGGED_OUTCOMES];

type Unit = 'Count' | 'Milliseconds' | 'Bytes';

/**
 * @param duration milliseconds in the function
 * @param now milliseconds since 1970
 * @param settings which deployment of the account's it is, and whether it has metrics
 * @returns undefined for S3's own response
 */
export function createLogEntry(
  request: CloudFrontRequest,
  outcome: Outcome,
  duration: number,
  now: number,
  { deployment, metrics }: Pick<FunctionSettings, 'deployment' | 'metrics'>,
): LogEntry | undefined {
  if (outcome.kind === 'pass-through') return undefined;
  const entry = (directives: readonly Directive[], values: object): LogEntry => ({
    ...(metrics && { _aws: { Timestamp: now, CloudWatchMetrics: directives } }),
    deployment,
    outcome: LOGGED_OUTCOMES[outcome.kind],
    uri: request.uri,
    query: request.querystring,
    duration,
    ...values,
  });
  switch (outcome.kind) {
    case 'rendered': {
      const { bytes, plan, attempts } = outcome.image;
      return entry([directive('format', RENDER_METRICS), directive('outcome', RENDER_TOTALS)], {
        format: plan.encoding.format,
        renders: 1,
        ...outcome.work,
        bytes: bytes.length,
        attempts,
        plan,
      });
    }
    case 'fallback': {
      const { reason, detail, plan } = outcome;
      const isFailure = REASONS[reason].outlook === 'transient';
      return entry([directive('outcome', FALLBACKS)], {
        reason,
        fallbacks: 1,
        failures: isFailure ? 1 : 0,
        detail,
        plan,
      });
    }
    case 'missing': {
      const { bytes, plan, attempts } = outcome.image;
      return entry([directive('outcome', ANSWERS)], {
        answers: 1,
        ...outcome.work,
        bytes: bytes.length,
        attempts,
        plan,
      });
    }
    case 'not-found':
      return entry([directive('outcome', ANSWERS)], { answers: 1, detail: outcome.detail });
    case 'not-cropped': {
      const { reason, type } = outcome;
      return entry([directive('outcome', ANSWERS)], { reason, type, answers: 1 });
    }
    default:
      return entry([directive('outcome', ANSWERS)], { answers: 1 });
  }
}

// Each is $0.30 a month in each region for each value of its dimension. What else is in a line, Logs Insights counts.
const ANSWERS = { answers: 'Count' } as const;

/** Failures are the fallbacks for other reasons than the picture. */
const FALLBACKS = { fallbacks: 'Count', failures: 'Count' } as const;

const RENDER_METRICS = { renders: 'Count', render: 'Milliseconds', bytes: 'Bytes' } as const;

/** Totals for alarms, which can neither sum over formats nor add percentiles. */
const RENDER_TOTALS = { renders: 'Count', render: 'Milliseconds' } as const;

function directive(dimension: string, metrics: Readonly<Record<string, Unit>>): Directive {
  return {
    Namespace: 'edgecrop',
    Dimensions: [['deployment', dimension]],
    Metrics: Object.entries(metrics).map(([Name, Unit]) => ({ Name, Unit })),
  };
}

/** Writes each entry as a line of JSON, which escapes the URL that a viewer chose. */
export function createJsonLog(write: (line: string) => void): Log {
  return (entry) => write(`${JSON.stringify(entry)}\n`);
}
