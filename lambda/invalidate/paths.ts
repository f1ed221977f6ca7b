import { normalisePath } from '../contract/path';

/**
 * The paths to purge for one object: the picture and, with the wildcard, every crop of it. `/a.jpg*` also purges
 * `/a.jpg2`, which costs a render and no more.
 *
 * The cache key has the path as the viewer-request function normalises it. CloudFront wants only the necessary escapes,
 * and both spellings where a function changes the path.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 *
 * @param originPaths of the bucket, such as `/media`; the empty string is the whole bucket
 * @returns for each origin path that contains the key, one path, or two if the spellings differ
 */
export function invalidationPaths(key: string, originPaths: readonly string[]): readonly string[] {
  const paths = originPaths
    .filter((originPath) => `/${key}`.startsWith(`${originPath}/`))
    .flatMap((originPath) => spellings(`/${key}`.slice(originPath.length)));
  return [...new Set(paths)];
}

function spellings(path: string): readonly string[] {
  // CloudFront refuses a `~`, escaped or not, so the path ends before it.
  const [purgeable = ''] = path.split('~');
  const cached = normalisePath(purgeable.split('/').map(encodeURIComponent).join('/')) ?? '/';
  const plain = encodeURI(purgeable).replace(/#/g, '%23').replace(/\?/g, '%3F');
  // A `*` may only end a path, so within a path only its escaped spelling is sent.
  return plain.includes('*') ? [`${cached}*`] : [`${cached}*`, `${plain}*`];
}
