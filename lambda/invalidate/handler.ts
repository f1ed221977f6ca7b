import { createHash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { coalesce } from './coalesce';
import { changedKeys } from './event';
import { invalidationPaths } from './paths';

/** Paths with a wildcard that may be in progress at once, over all invalidations of a distribution.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html */
const MAX_PATHS = 15;

/** @param reference the same for the same batch, so that a batch that is delivered twice is purged once */
export type Invalidate = (paths: readonly string[], reference: string) => Promise<void>;

export interface HandlerOptions {
  readonly invalidate: Invalidate;
  /** The origin paths of the bucket, such as `/media`; the empty string is the whole bucket. */
  readonly originPaths: readonly string[];
  readonly log: (entry: object) => void;
}

/**
 * Purges the objects that a batch of messages reports as changed. Unreadable messages go back to the queue, and so does
 * the whole batch if CloudFront refuses it.
 */
export function createHandler({ invalidate, originPaths, log }: HandlerOptions) {
  return async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const read = Records.map(({ messageId, body }) => ({ messageId, keys: changedKeys(body) }));
    const unread = read.filter(({ keys }) => keys === undefined).map(({ messageId }) => messageId);
    const paths = coalesce(
      read.flatMap(({ keys = [] }) => keys.flatMap((key) => invalidationPaths(key, originPaths))),
      MAX_PATHS,
    );
    if (unread.length > 0) log({ unread });
    if (paths.length === 0) return failures(unread);
    const ids = read.map(({ messageId }) => messageId);
    try {
      await invalidate(paths, referenceOf(ids, paths));
      log({ invalidated: paths, messages: ids.length - unread.length });
      return failures(unread);
    } catch (error) {
      log({ refused: String(error), paths, messages: ids.length });
      return failures(ids);
    }
  };
}

function failures(ids: readonly string[]): SQSBatchResponse {
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}

function referenceOf(ids: readonly string[], paths: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([[...ids].sort(), paths]))
    .digest('hex');
}
