import type { MissingPicture } from '../contract/settings';
import type { Adapters } from './adapters';
import { type CropTask, crop } from './crop';
import { within } from './failure/deadline';
import type { Outcome } from './response/outcome';

/**
 * Crops the configured picture in place of one that S3 does not have. Whatever is wrong with it, S3's own answer goes
 * out: the request was for something that is not there.
 */
export async function cropMissing(
  adapters: Adapters,
  task: CropTask,
  { key, status }: MissingPicture,
): Promise<Outcome> {
  // The response has the body of S3's error, so no outcome may pass that on as if it were the picture.
  const settings = { ...adapters.settings, originals: 'deny' } as const;
  const instead = { ...task, location: { ...task.location, key } };
  try {
    const outcome = await within(task.deadline, crop({ ...adapters, settings }, instead));
    if (outcome.kind === 'rendered') return { ...outcome, kind: 'missing', status };
    return { kind: 'not-found', detail: outcome.kind === 'fallback' ? outcome.detail : outcome.kind };
  } catch (error) {
    return { kind: 'not-found', detail: error instanceof Error ? error.message : String(error) };
  }
}
