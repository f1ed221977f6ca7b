import { normalisePath } from '../params/path';

/**
 * What to purge for one object: the picture and, with the wildcard, every crop of it. `/a.jpg*` purges
 * `/a.jpg2` as well; that costs a render and is never wrong.
 *
 * The cache knows the path as the viewer-request function spells it; CloudFront says to spell it with
 * nothing escaped but what must be, and to purge both where a function changes the path.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 *
 * @returns one path, or two where the spellings differ
 */
export function invalidationPaths(key: string): readonly string[] {
  // CloudFront takes no `~`, escaped or not; what comes before it has to do.
  const [speakable = ''] = key.split('~');
  const cached = normalisePath(`/${encodeURIComponent(speakable)}`) ?? '/';
  const plain = `/${encodeURI(speakable).replace(/#/g, '%23').replace(/\?/g, '%3F')}`;
  return [...new Set([`${cached}*`, `${plain}*`])];
}
