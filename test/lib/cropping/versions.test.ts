import { readCroppingOptions } from '../../../lib/configuration/cropping-options';
import type { CroppingOptions } from '../../../lib/configuration/options';
import { agreementId, versionsOf } from '../../../lib/cropping/versions';

const versions = (options: CroppingOptions = {}, drawing = 'code') =>
  versionsOf(readCroppingOptions(options), drawing);

test('is eight hex digits, the same whatever the order of the options', () => {
  expect(versions().v).toMatch(/^[0-9a-f]{8}$/);
  const limits = { sourceBytes: 1, sourcePixels: 2 };
  expect(versions({ limits: { sourcePixels: 2, sourceBytes: 1 } })).toEqual(versions({ limits }));
});

test.each<[string, CroppingOptions]>([
  ['the background', { background: '#000000' }],
  ['the effort', { effort: 'small' }],
  ['how bytes are counted', { bodyLength: 'decoded' }],
  ['what is decoded', { limits: { sourcePixels: 5 } }],
  ['the denial of originals', { originals: 'deny' }],
])('changes with %s', (_name, options) => {
  expect(versions(options).v).not.toBe(versions().v);
});

test('changes with the code that draws', () => {
  expect(versions({}, 'other code').v).not.toBe(versions().v);
});

test.each<[string, CroppingOptions]>([
  ['a type, whose values are in the cache key', { types: { thumb: { w: 100, locked: true } } }],
  ['the default quality, which is in the cache key', { quality: 81 }],
  ['what leaves the pixels alone', { ttl: 5, auto: [], snap: { w: [100] }, signing: true }],
])('does not change with %s', (_name, options) => {
  expect(versions(options)).toEqual(versions());
});

test('a type that sharpens has a version of its own, which says nothing about others', () => {
  const { v, typeVersions } = versions({
    types: { crisp: { sharpen: 'mild' }, thumb: { w: 9 }, plain: { sharpen: 'none', background: '#101010' } },
  });
  expect(v).toBe(versions().v);
  expect(typeVersions).toEqual({ crisp: expect.stringMatching(/^[0-9a-f]{8}$/) });
  expect(typeVersions.crisp).not.toBe(v);
});

test('a type with an effort of its own has a version of its own where it is another effort', () => {
  const { v, typeVersions } = versions({
    types: { hero: { effort: 'small' }, same: { effort: 'balanced' } },
  });
  expect(v).toBe(versions().v);
  expect(typeVersions.hero).toBe(versions({ effort: 'small' }).v);
  expect(typeVersions.same).toBe(v);
});

test('what both functions have to agree on changes with types, quality and versions', () => {
  const id = (options: CroppingOptions) => agreementId(readCroppingOptions(options), versions(options));
  const ids = [
    {},
    { quality: 70 },
    { types: { thumb: { w: 9 } } },
    { types: { thumb: { w: 9, locked: true } } },
    { background: '#000000' },
  ] as const;
  expect(new Set(ids.map(id)).size).toBe(ids.length);
  expect(id({ ttl: 5, auto: [], snap: { w: [100] } })).toBe(id({}));
});
