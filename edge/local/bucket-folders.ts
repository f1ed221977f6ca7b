import { UserError } from '../../errors/user-error';
import type { Behavior, BucketOrigin } from '../assembly/behavior';

/** The bucket's name in the local S3. Lower case, because S3 allows no capitals and logical ids have them. */
export function localBucketName({ bucket }: BucketOrigin): string {
  return bucket.toLowerCase();
}

/**
 * Assigns a folder to each bucket, by its local name.
 *
 * @param images for all buckets without a folder of their own
 * @throws UserError if two patterns share a bucket but name different folders
 */
export function foldersByBucket(
  behaviors: readonly Behavior[],
  images: string,
  imagesByPattern: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const { pathPattern, origin } of behaviors) {
    const folder = imagesByPattern.get(pathPattern) ?? images;
    const name = localBucketName(origin);
    const known = folders.get(name);
    if (known !== undefined && known !== folder) {
      throw new UserError(
        `the paths ${pathPattern} share the bucket ${origin.bucket} with others whose folder is ${known}; ` +
          'name one folder for both',
      );
    }
    folders.set(name, folder);
  }
  return folders;
}
