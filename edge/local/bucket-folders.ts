import { UserError } from '../../errors/user-error';
import type { Behavior, S3Origin } from '../assembly/assembly';

/** The name under which the embedded S3 server knows a bucket; S3 allows no capitals. */
export function localName({ bucket }: S3Origin): string {
  return bucket.toLowerCase();
}

/**
 * The folder of each bucket, by its local name: `images` for all but those of the patterns that have another.
 *
 * @throws UserError where two patterns have one bucket and two folders
 */
export function foldersOf(
  behaviors: readonly Behavior[],
  images: string,
  imagesOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const { pathPattern, origin } of behaviors) {
    const folder = imagesOf.get(pathPattern) ?? images;
    const known = folders.get(localName(origin));
    if (known !== undefined && known !== folder) {
      throw new UserError(
        `the paths ${pathPattern} have the bucket ${origin.bucket}, which shows ${known} to others; name one folder for both`,
      );
    }
    folders.set(localName(origin), folder);
  }
  return folders;
}
