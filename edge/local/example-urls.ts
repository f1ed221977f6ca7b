import type { PathOfKey } from '../assembly/behavior-routing';
import { findPictures } from './image-folder';

/** Returns three URLs to try, two crops and an original; none if the folder has no pictures. */
export async function exampleUrls(
  base: string,
  folder: string,
  pathOfKey: PathOfKey,
): Promise<readonly string[]> {
  const [first, second = first] = await findPictures(folder, pathOfKey, 2);
  if (first === undefined || second === undefined) return [];
  return [
    `${base}${first}?t=A&w=320&h=240&format=webp`,
    `${base}${second}?t=A&w=200&h=200&format=webp&quality=70`,
    `${base}${first}`,
  ];
}
