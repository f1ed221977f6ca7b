import { parsePerPatternOption } from '../../../edge/assembly/per-pattern-options';

test.each([
  [[], undefined, []],
  [['photos'], 'photos', []],
  [['/avatars/*=avatars'], undefined, [['/avatars/*', 'avatars']]],
  [
    ['/avatars/*=a', 'photos', '/p/*=/tmp/x=y'],
    'photos',
    [
      ['/avatars/*', 'a'],
      ['/p/*', '/tmp/x=y'],
    ],
  ],
  [['first', 'last', '/a/*=1', '/a/*=2'], 'last', [['/a/*', '2']]],
  [['./a=b', 'C:\\a=b'], 'C:\\a=b', []],
])('%j', (values, defaultValue, patterns) => {
  expect(parsePerPatternOption(values)).toEqual({
    defaultValue,
    byPattern: new Map(patterns as [string, string][]),
  });
});
