import { normalisePath } from '../contract/path';

/**
 * What to purge for one object: the picture and, with the wildcard, every crop of it. `/a.jpg*` purges
 * `/a.jpg2` as well; that costs a render and is never wrong.
 *
 * The cache knows the path as the viewer-request function spells it; CloudFront says to spell it with
 * nothing escaped but what must be, and to purge both where a function changes the path.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 *
 * @param originPaths the folders of the bucket in which paths begin, as `/media`; the empty one is all of it
 * @returns for each folder that holds the key one path, or two where the spellings differ
 */
export function invalidationPaths(key: string, originPaths: readonly string[]): readonly string[] {
  const paths = originPaths
    .filter((originPath) => `/${key}`.startsWith(`${originPath}/`))
    .flatMap((originPath) => spellings(`/${key}`.slice(originPath.length)));
  return [...new Set(paths)];
}

function spellings(path: string): readonly string[] {
  // CloudFront takes no `~`, escaped or not; what comes before it has to do.
  const [speakable = ''] = path.split('~');
  const cached = normalisePath(speakable.split('/').map(encodeURIComponent).join('/')) ?? '/';
  const plain = encodeURI(speakable).replace(/#/g, '%23').replace(/\?/g, '%3F');
  return [`${cached}*`, `${plain}*`];
}
