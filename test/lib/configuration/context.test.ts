import { readContext } from '../../../lib/configuration/context';

const FILE = {
  context: {
    edgecrop: { quality: 60, signing: true, bucket: { name: 'photos', region: 'eu-west-1' }, auto: ['webp'] },
  },
};

const read = (edgecrop: unknown, others: object = {}) => readContext({ edgecrop, ...others }, FILE);

test('is what cdk.json says', () => {
  expect(read(FILE.context.edgecrop)).toBe(FILE.context.edgecrop);
  expect(readContext({}, {})).toBeUndefined();
});

test('the command line is merged over cdk.json, key by key', () => {
  expect(read('{"quality":75,"bucket":{"region":"us-east-1"},"auto":["avif"]}')).toEqual({
    quality: 75,
    signing: true,
    bucket: { name: 'photos', region: 'us-east-1' },
    auto: ['avif'],
  });
  expect(readContext({ edgecrop: '{"quality":75}' }, {})).toEqual({ quality: 75 });
});

test('null removes a key', () => {
  expect(read('{"bucket":null,"auto":null}')).toEqual({ quality: 60, signing: true });
});

test('what is no object replaces all of it, so that it is refused', () => {
  expect(read('7')).toBe(7);
  expect(read('[1]')).toEqual([1]);
});

test('what is no JSON is refused', () => {
  expect(() => read('nope')).toThrow(
    new Error(`edgecrop: got "nope", allowed: a JSON object, as in -c edgecrop='{"quality":75}'`),
  );
});

test.each(['edgcrop', 'edgecorp', 'Edgecrop', 'edgecrop.quality', 'edgecrops', 'egdecrop'])(
  'the misspelt key %s is refused',
  (key) => {
    expect(() => read({}, { [key]: '{}' })).toThrow(
      `context ${key}: got a key that is not read, allowed: edgecrop, with JSON, as in -c edgecrop='{"quality":75}'`,
    );
  },
);

test('keys of others are not', () => {
  const others = { '@aws-cdk/core:checkSecretUsage': true, stage: 'prod', 'aws:cdk:bundling-stacks': [] };
  expect(read({ quality: 7 }, others)).toEqual({ quality: 7 });
});
