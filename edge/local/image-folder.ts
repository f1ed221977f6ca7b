import { opendir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UserError } from '../../errors/user-error';

/** The name of a picture, by its end. */
export const PICTURE = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;

/**
 * Makes sure that there is something to serve.
 *
 * @throws UserError where the folder is missing or holds no file
 */
export async function requireImages(folder: string): Promise<void> {
  for await (const _ of files(folder)) return;
  throw new UserError(`${folder} has no files; put pictures into it or name another folder: --images DIR`);
}

/** A few paths of pictures that really are in the folder, without their slash, in no special order. */
export async function findPictures(
  folder: string,
  pathOf: PathOf,
  count: number,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const file of files(folder)) {
    const key = relative(folder, file).split(sep).join('/');
    const path = PICTURE.test(key) ? pathOf(key) : undefined;
    if (path !== undefined) paths.push(path.slice(1));
    if (paths.length === count) break;
  }
  return paths;
}

/** The path of a URL that reads a key; undefined where none does. */
export type PathOf = (key: string) => string | undefined;

/** Three URLs worth opening: crops of two pictures and an original. */
export async function exampleUrls(base: string, folder: string, pathOf: PathOf): Promise<readonly string[]> {
  const [first, second = first] = await findPictures(folder, pathOf, 2);
  if (first === undefined || second === undefined) return [];
  return [
    `${base}${first}?t=A&w=320&h=240&format=webp`,
    `${base}${second}?t=A&w=200&h=200&format=webp&quality=70`,
    `${base}${first}`,
  ];
}

async function* files(folder: string): AsyncGenerator<string> {
  const folders = [folder];
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    for await (const entry of await openFolder(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (!entry.name.startsWith('.')) yield path;
    }
  }
}

async function openFolder(folder: string) {
  try {
    return await opendir(folder);
  } catch (error) {
    throw new UserError(`${folder} can't be opened as a folder; name one with pictures: --images DIR`, {
      cause: error,
    });
  }
}
