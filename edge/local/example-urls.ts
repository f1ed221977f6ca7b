/** A crop off the centre, which the playground begins with as well. */
const FIRST_QUERY = 't=A&w=480&h=480&format=auto&position=0.62,0.4';

/**
 * Picks the picture that a visit begins with: the first JPEG, since a photo is larger than its crop and has no
 * transparency; else the first picture of any kind.
 *
 * @param paths sorted paths or keys
 */
export function firstPicture(paths: readonly string[]): string | undefined {
  return paths.find((path) => /\.jpe?g$/i.test(path)) ?? paths[0];
}

/**
 * Returns three URLs to try: a crop, a width alone, and the original; none if there are no pictures.
 *
 * @param base ends in a slash
 * @param paths sorted, without the leading slash
 */
export function exampleUrls(base: string, paths: readonly string[]): readonly string[] {
  const first = firstPicture(paths);
  if (first === undefined) return [];
  return [
    `${base}${first}?${FIRST_QUERY}`,
    `${base}${first}?t=A&w=320&format=webp&quality=70`,
    `${base}${first}`,
  ];
}
