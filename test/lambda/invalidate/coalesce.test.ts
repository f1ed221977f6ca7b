import { coalesce } from '../../../lambda/invalidate/coalesce';

test.each<[string, string[], number, string[]]>([
  ['nothing', [], 3, []],
  ['doubles', ['/a*', '/b*', '/a*'], 3, ['/a*', '/b*']],
  ['what another covers', ['/a/b.jpg*', '/a/*', '/b*'], 3, ['/a/*', '/b*']],
  ['a name that begins like another', ['/a.jpg2*', '/a.jpg*'], 3, ['/a.jpg*']],
  ['a full folder', ['/a/1*', '/a/2*', '/a/3*', '/b/1*'], 2, ['/a/*', '/b/1*']],
  ['folders of folders', ['/a/1/x*', '/a/2/x*', '/a/3/x*', '/b/1*'], 2, ['/a/*', '/b/1*']],
  ['lone pictures, the deepest folder first', ['/a*', '/b/c*', '/d/e/f*'], 2, ['/*']],
])('%s', (_name, paths, most, expected) => {
  expect(coalesce(paths, most)).toEqual(expected);
});

test('covers everything with no more than it may', () => {
  const paths = Array.from({ length: 1000 }, (_, i) => `/year/${i % 12}/day/${i % 28}/${i}.jpg*`);
  for (const most of [1, 2, 15]) {
    const few = coalesce(paths, most);
    expect(few.length).toBeLessThanOrEqual(most);
    for (const path of paths) expect(few.some((one) => path.startsWith(one.slice(0, -1)))).toBe(true);
  }
  expect(coalesce(paths, 15)).toHaveLength(12);
});
