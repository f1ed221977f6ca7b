import { invalidationPaths } from '../../../lambda/invalidate/paths';

test.each([
  ['photos/a.jpg', ['/photos/a.jpg*']],
  ['two words.jpg', ['/two%20words.jpg*']],
  ['여름.jpg', ['/%EC%97%AC%EB%A6%84.jpg*']],
  ['a#b?c.jpg', ['/a%23b%3Fc.jpg*']],
  ['100%.jpg', ['/100%25.jpg*']],
  ['a[1]{2}.jpg', ['/a%5B1%5D%7B2%7D.jpg*']],
  // As the cache has it, and as CloudFront says to write it.
  ['one+one.jpg', ['/one%2Bone.jpg*', '/one+one.jpg*']],
  ['cat (1).jpg', ['/cat%20%281%29.jpg*', '/cat%20(1).jpg*']],
  // A star may only end a path: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
  ['a*b.jpg', ['/a%2Ab.jpg*']],
  // CloudFront takes no tilde.
  ['photos/a~b.jpg', ['/photos/a*']],
  ['~a.jpg', ['/*']],
])('%s is purged by %j', (key, paths) => {
  expect(invalidationPaths(key, [''])).toEqual(paths);
});

test('a folder in which paths begin is not part of them, and what is in none of them is not served', () => {
  expect(invalidationPaths('media/a.jpg', ['/media', ''])).toEqual(['/a.jpg*', '/media/a.jpg*']);
  expect(invalidationPaths('media/a.jpg', ['/media'])).toEqual(['/a.jpg*']);
  expect(invalidationPaths('mediation/a.jpg', ['/media'])).toEqual([]);
});
