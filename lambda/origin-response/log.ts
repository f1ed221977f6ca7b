import type { CloudFrontRequest } from 'aws-lambda';
import type { Outcome } from './response/outcome';

/**
 * One log line per response that the function produced, in CloudWatch's embedded metric format, so that the log line
 * is the metric as well.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export interface LogEntry {
  readonly _aws: {
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
 * @param deployment which one of the account's
 * @returns undefined for S3's own response
 */
export function createLogEntry(
  request: CloudFrontRequest,
  outcome: Outcome,
  duration: number,
  now: number,
  deployment: string,
): LogEntry | undefined {
  if (outcome.kind === 'pass-through') return undefined;
  const entry = (directives: readonly Directive[], values: object): LogEntry => ({
    _aws: { Timestamp: now, CloudWatchMetrics: directives },
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
      const metrics = { fallbacks: 'Count', duration: 'Milliseconds' } as const;
      return entry([directive('reason', metrics), directive('outcome', { fallbacks: 'Count' })], {
        reason,
        fallbacks: 1,
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
      const metrics = { answers: 'Count' } as const;
      return entry([directive('outcome', metrics), directive('type', metrics)], { reason, type, answers: 1 });
    }
    default:
      return entry([directive('outcome', ANSWERS)], { answers: 1 });
  }
}

const ANSWERS = { answers: 'Count', duration: 'Milliseconds' } as const;

const RENDER_METRICS = {
  renders: 'Count',
  fetch: 'Milliseconds',
  render: 'Milliseconds',
  sourceBytes: 'Bytes',
  bytes: 'Bytes',
  attempts: 'Count',
  duration: 'Milliseconds',
} as const;

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
