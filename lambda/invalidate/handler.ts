import { createHash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { coalesce } from './coalesce';
import { changedKeys } from './event';
import { invalidationPaths } from './paths';

/** Paths with a wildcard that may be in progress at once, over all invalidations of a distribution.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html */
const MAX_PATHS = 15;

/**
 * @param reference the same for the same batch, so that a batch that is delivered twice is purged once
 * @throws InvalidPath if CloudFront cannot purge one of the paths
 */
export type Invalidate = (paths: readonly string[], reference: string) => Promise<void>;

/** One of the paths is invalid; CloudFront does not say which, and purges none of them. */
export class InvalidPath extends Error {
  override readonly name = 'InvalidPath';
}

export interface HandlerOptions {
  readonly invalidate: Invalidate;
  /** The origin paths of the bucket, such as `/media`; the empty string is the whole bucket. */
  readonly originPaths: readonly string[];
  readonly log: (entry: object) => void;
}

/**
 * Purges the objects that a batch of messages reports as changed. Unreadable messages go back to the queue, and so does
 * what CloudFront refuses.
 */
export function createHandler({ invalidate, originPaths, log }: HandlerOptions) {
  return async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const read = Records.map(({ messageId, body }) => ({ messageId, paths: pathsOf(body, originPaths) }));
    const unread = read.filter(({ paths }) => paths === undefined).map(({ messageId }) => messageId);
    if (unread.length > 0) log({ unread });
    const paths = coalesce(
      read.flatMap(({ paths: own = [] }) => own),
      MAX_PATHS,
    );
    if (paths.length === 0) return failures(unread);
    const ids = read.map(({ messageId }) => messageId);
    try {
      const unpurged = await purge(invalidate, paths, ids);
      const left = read
        .filter(({ paths: own = [] }) => own.some((path) => unpurged.some((other) => covers(other, path))))
        .map(({ messageId }) => messageId);
      log({
        invalidated: paths.filter((path) => !unpurged.includes(path)),
        messages: ids.length - unread.length,
      });
      if (unpurged.length > 0) log({ unpurged, messages: left.length });
      return failures([...unread, ...left]);
    } catch (error) {
      log({ refused: String(error), paths, messages: ids.length });
      return failures(ids);
    }
  };
}

/**
 * Purges all paths at once, or one by one if one of them is invalid, so that it does not keep the others.
 *
 * @returns the paths that are invalid
 */
async function purge(
  invalidate: Invalidate,
  paths: readonly string[],
  ids: readonly string[],
): Promise<readonly string[]> {
  try {
    await invalidate(paths, referenceOf(ids, paths));
    return [];
  } catch (error) {
    if (!(error instanceof InvalidPath)) throw error;
    if (paths.length === 1) return paths;
  }
  const invalid: string[] = [];
  for (const path of paths) invalid.push(...(await purge(invalidate, [path], ids)));
  return invalid;
}

/** @returns undefined if the message is no notification */
function pathsOf(body: string, originPaths: readonly string[]): readonly string[] | undefined {
  return changedKeys(body)?.flatMap((key) => invalidationPaths(key, originPaths));
}

/** Both end with `*`. */
function covers(path: string, other: string): boolean {
  return other.startsWith(path.slice(0, -1));
}

function failures(ids: readonly string[]): SQSBatchResponse {
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}

function referenceOf(ids: readonly string[], paths: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([[...ids].sort(), paths]))
    .digest('hex');
}
