import { propertiesOf, templateOf } from '../templates';

const types = (w: number) => ({ types: { thumb: { w } } });

/** The store of each viewer-request function. */
function storesOf(configuration: unknown): readonly unknown[] {
  return propertiesOf(templateOf(configuration), 'AWS::CloudFront::Function').map(
    ({ FunctionConfig }) => FunctionConfig,
  );
}

test('path patterns with the same settings share one function', () => {
  const folders = Array.from({ length: 24 }, (_, i) => [`/${i}/*`, { originPath: `/${i}` }]);
  expect(storesOf({ signing: true, origins: Object.fromEntries(folders) })).toHaveLength(1);
  expect(storesOf({ origins: { '/a/*': types(1), '/b/*': types(1), '/c/*': types(2) } })).toHaveLength(3);
});

test('with signing no more functions than an update can replace: ten may hold a store at once', () => {
  const origins = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`/${i}/*`, types(i + 1)]));
  expect(storesOf({ signing: true, origins: origins(4) })).toHaveLength(5);
  expect(() => storesOf({ signing: true, origins: origins(5) })).toThrow(
    'edgecrop.signing: got 6 path patterns with types of their own, the default one included, allowed: 5;',
  );
  expect(storesOf({ origins: origins(5) })).toHaveLength(6);
});
