import type { CloudFrontRequest } from 'aws-lambda';
import type { Outcome } from './respond';

/** One line for each answer that the function had work with. */
export interface LogEntry {
  readonly uri: string;
  readonly query: string;
  readonly outcome: Outcome['kind'];
  /** Milliseconds in the function. */
  readonly duration: number;
  readonly [detail: string]: unknown;
}

export type Log = (entry: LogEntry) => void;

/** @returns undefined for an original, which is S3's business */
export function createLogEntry(
  request: CloudFrontRequest,
  outcome: Outcome,
  duration: number,
): LogEntry | undefined {
  if (outcome.kind === 'untouched') return undefined;
  const entry = { uri: request.uri, query: request.querystring, outcome: outcome.kind, duration };
  switch (outcome.kind) {
    case 'rendered': {
      const { bytes, plan, attempts } = outcome.image;
      return { ...entry, bytes: bytes.length, attempts, plan };
    }
    case 'fallback':
      return { ...entry, reason: outcome.reason, detail: outcome.detail };
    default:
      return entry;
  }
}

/** Writes JSON, which escapes whatever a viewer put into a URL. */
export function createJsonLog(write: (line: string) => void): Log {
  return (entry) => write(`${JSON.stringify(entry)}\n`);
}
