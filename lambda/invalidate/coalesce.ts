/**
 * Reduces the number of paths. Duplicates and paths that another one covers are dropped; while there are still too many,
 * the folder with the most of them replaces them.
 *
 * @param paths each begins with a slash and ends with `*`
 * @param most at least 1
 * @returns at most `most` paths, sorted, that cover all the given ones
 */
export function coalesce(paths: readonly string[], most: number): readonly string[] {
  let rest = withoutCovered(paths);
  while (rest.length > most) {
    const folder = fullestFolder(rest);
    rest = withoutCovered([...rest, `${folder}*`]);
  }
  return rest;
}

/** In sorted order, a path comes right before all the paths that it covers. */
function withoutCovered(paths: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const path of [...paths].sort(byPrefix)) {
    const last = kept.at(-1);
    if (last === undefined || !prefixOf(path).startsWith(prefixOf(last))) kept.push(path);
  }
  return kept;
}

/** The folder with the most paths. Of several, the deepest, so that fewer other objects are purged. */
function fullestFolder(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = folderOf(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [[fullest] = ['/']] = [...counts].sort(
    ([a, countA], [b, countB]) => countB - countA || depthOf(b) - depthOf(a) || (a < b ? -1 : 1),
  );
  return fullest;
}

/** The folder of `/a/b.jpg*` is `/a/`, and so is that of `/a/b/*`. */
function folderOf(path: string): string {
  const prefix = prefixOf(path);
  return prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);
}

function prefixOf(path: string): string {
  return path.slice(0, -1);
}

function depthOf(folder: string): number {
  return folder.split('/').length;
}

function byPrefix(a: string, b: string): number {
  return prefixOf(a) < prefixOf(b) ? -1 : 1;
}
