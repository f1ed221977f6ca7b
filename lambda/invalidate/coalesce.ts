/**
 * Makes few paths of many: doubles and what another one covers go, and while there are still too many, the
 * folder with the most of them takes their place.
 *
 * @param paths each begins with a slash and ends with `*`
 * @param most at least 1
 * @returns at most `most` paths, sorted, which cover all that was given
 */
export function coalesce(paths: readonly string[], most: number): readonly string[] {
  let rest = withoutCovered(paths);
  while (rest.length > most) {
    const folder = fullestFolder(rest);
    rest = withoutCovered([...rest, `${folder}*`]);
  }
  return rest;
}

/** Sorted, a path that covers another stands right before all that it covers. */
function withoutCovered(paths: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const path of [...paths].sort(byPrefix)) {
    const last = kept.at(-1);
    if (last === undefined || !prefixOf(path).startsWith(prefixOf(last))) kept.push(path);
  }
  return kept;
}

/** The one with most paths in it; of several, the deepest, so that the least else is purged. */
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
