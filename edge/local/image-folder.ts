import { opendir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UserError } from '../../errors/user-error';
import type { PathOfKey } from '../assembly/behavior-routing';
import { isPictureName } from './picture-name';

/**
 * Checks that a folder has something to serve.
 *
 * @throws UserError if it is missing or holds no file
 */
export async function requireImages(folder: string): Promise<void> {
  for await (const _ of walkFiles(folder)) return;
  throw new UserError(`${folder} has no files; put pictures into it or name another folder: --images DIR`);
}

/**
 * Lists URL paths of the pictures in a folder, sorted by key and without the leading slash.
 *
 * @param heic whether HEIC is among them
 */
export async function listPictures(
  folder: string,
  pathOfKey: PathOfKey,
  heic = false,
): Promise<readonly string[]> {
  const found: { readonly key: string; readonly path: string }[] = [];
  for await (const file of walkFiles(folder)) {
    const key = relative(folder, file).split(sep).join('/');
    const path = isPictureName(key, heic) ? pathOfKey(key) : undefined;
    if (path !== undefined) found.push({ key, path: path.slice(1) });
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ path }) => path);
}

/** Breadth first, without dot files and what dot folders hold: the local S3 does not serve them. */
async function* walkFiles(folder: string): AsyncGenerator<string> {
  const folders = [folder];
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    for await (const entry of await openFolder(next)) {
      if (entry.name.startsWith('.')) continue;
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else yield path;
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
