import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { CHECKS } from '../../conformance/checks';
import type { Answer } from '../../conformance/client';
import { drawObjects, type TestObjects } from '../../conformance/objects';
import { failures } from '../../conformance/run';
import { createFolder, putObjects } from '../../conformance/store';
import { type Edge, startEdge } from '../../edge/edge';
import { assemblyDir } from '../helpers/assembly';
import { check, type Spoiling, serveFiles, spoil } from './deployments';

const PREFIX = 'conformance/';

// Every check is some requests, and there are renders in it that fill 1 MB.
jest.setTimeout(120_000);

let folder: string;
let objects: TestObjects;
let edge: Edge;
const reasons: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgecrop-conformance-'));
  objects = await drawObjects();
  await putObjects(createFolder(folder), objects, PREFIX);
  edge = await startEdge({
    assembly: assemblyDir(),
    images: folder,
    // A 503 among the failures is explained nowhere else.
    log: (line) => reasons.push(line),
    // What a folder cannot hold, so that no check has to pass.
    objectMetadata: (key) =>
      (key === `${PREFIX}${objects.kept.key}`
        ? { 'cache-control': objects.kept.cacheControl ?? '' }
        : {}) as Readonly<Record<string, string>>,
  });
});
afterEach(() => expect(reasons.splice(0)).toEqual([]));
afterAll(async () => {
  await edge?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Expects these checks to fail and no other; a difference shows the reasons. */
async function expectFailures(base: string, names: readonly string[], checks = CHECKS): Promise<void> {
  const report = await check(base, objects, PREFIX, checks);
  const failed = report.checks.flatMap(({ check: { name }, verdict }) =>
    verdict.kind === 'fail' ? [[name, verdict.reason]] : [],
  );
  expect(Object.fromEntries(failed)).toEqual(
    Object.fromEntries(names.map((name) => [name, expect.anything()])),
  );
  expect(failures(report)).toHaveLength(names.length);
}

// It takes as long as all the others, and nothing that is spoilt one at a time touches it.
const QUICK = CHECKS.filter(({ name }) => name !== 'size.variant');

test('the edge passes every check, with a cold cache and with a warm one', async () => {
  for (const _cache of ['cold', 'warm']) {
    const { checks } = await check(edge.url, objects, PREFIX);
    expect(checks.filter(({ verdict }) => verdict.kind !== 'pass')).toEqual([]);
  }
});

const isCrop = ({ path }: { readonly path: string }) => path.includes('t=A');

const BAD = ['w', 'h', 'format', 'quality', 'fit', 'position', 'dpr', 'repeated'].map((p) => `refusals.${p}`);

/** Whatever looks at the pixels or the format of a crop. */
const PICTURES = [
  'contract.size-and-format',
  'contract.own-format',
  'contract.one-side',
  'contract.upright',
  'contract.no-metadata',
  'contract.not-enlarged',
  'contract.fit',
  'contract.position',
  'contract.quality',
  'contract.alpha',
  'contract.animation',
  'negotiation.auto',
  'negotiation.q-zero',
  'negotiation.shared',
  'negotiation.animation',
];

const KEYS = [
  'keys.plus',
  'keys.space',
  'keys.plus-is-space',
  'keys.korean',
  'keys.korean-decomposed',
  'keys.slash',
  'keys.lower-case-escapes',
];

const BROKEN: Readonly<Record<string, Spoiling & { readonly fails: readonly string[] }>> = {
  'ignores h': {
    request: (asked) => ({ ...asked, path: asked.path.replace(/([?&])h=\d+&?/, '$1') }),
    fails: [
      'contract.size-and-format',
      'contract.own-format',
      'contract.one-side',
      'contract.not-enlarged',
      'contract.fit',
      'contract.position',
      'refusals.h',
      ...KEYS,
    ],
  },
  'keeps EXIF': {
    answer: (answer) =>
      answer.headers['content-type'] === 'image/jpeg' && answer.headers['crop-status']?.startsWith('rendered')
        ? { ...answer, body: withExif(answer.body) }
        : answer,
    fails: ['contract.no-metadata'],
  },
  'takes bad parameters': {
    answer: (answer) => (answer.status === 400 ? { ...answer, status: 200 } : answer),
    fails: [...BAD, 'refusals.escapes'],
  },
  'lets fallbacks be revalidated': {
    answer: (answer) => {
      const isFallback = answer.headers['crop-status']?.startsWith('original;');
      return isFallback ? { ...answer, headers: { ...answer.headers, etag: '"the original"' } } : answer;
    },
    fails: ['fallbacks.validators'],
  },
  'lists the bucket at /': {
    answer: (answer, { path }) =>
      path === '/'
        ? { ...answer, status: 200, body: Buffer.from('<ListBucketResult></ListBucketResult>') }
        : answer,
    fails: ['refusals.listing'],
  },
  'says no Vary': { answer: without('vary'), fails: ['headers.vary'] },
  'lets an svg run as a page': { answer: without('content-security-policy'), fails: ['headers.csp'] },
  'loses the ETag of crops': {
    answer: (answer, asked) => (isCrop(asked) ? without('etag')(answer) : answer),
    fails: ['headers.validators'],
  },
  'cuts ranges out of crops': {
    answer: (answer, asked) =>
      isCrop(asked) && asked.headers.range !== undefined
        ? { ...answer, status: 206, body: answer.body.subarray(0, 10) }
        : answer,
    fails: ['range.crop', 'range.crop-miss'],
  },
  'answers conditions on crops': {
    answer: (answer, asked) =>
      isCrop(asked) && asked.headers['if-none-match'] !== undefined
        ? { ...answer, status: 304, body: Buffer.alloc(0) }
        : answer,
    fails: ['conditional.crop', 'conditional.crop-miss'],
  },
  'answers 403 for what is not there': {
    answer: (answer, { path }) =>
      answer.status === 404 && path !== '/' ? { ...answer, status: 403 } : answer,
    fails: ['refusals.missing', 'refusals.listing'],
  },
  'takes a plus sign for itself': {
    request: (asked) => ({ ...asked, path: asked.path.replace('two+words', 'two%2Bwords') }),
    fails: ['keys.plus-is-space'],
  },
  'caches nothing': {
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'x-cache': 'Miss from another' } }),
    fails: [
      'negotiation.shared',
      'caching.spellings',
      'caching.same-bytes',
      'caching.dpr',
      'caching.original-once',
      'fallbacks.cached',
    ],
  },
};

test.each(Object.entries(BROKEN))('an edge that %s fails by name', async (_name, { fails, ...spoiling }) => {
  await expectFailures(await spoil(edge.url, spoiling), fails, QUICK);
});

test('an edge that always answers the original fails by name', async () => {
  const base = await spoil(edge.url, {
    request: (asked) => ({ ...asked, path: asked.path.replace(/\?.*/, '') }),
  });
  await expectFailures(base, [
    ...PICTURES,
    'caching.spellings',
    'caching.same-bytes',
    'caching.dpr',
    'headers.cache-control',
    'headers.crop-status',
    'conditional.crop',
    'conditional.crop-miss',
    'range.crop',
    'range.crop-miss',
    'head.crop',
    'head.crop-not-cached',
    ...BAD,
    ...KEYS,
    'size.variant',
    'fallbacks.status',
    'fallbacks.cache-control',
    'fallbacks.validators',
  ]);
});

test('another server fails by name: files, whatever the query', async () => {
  await expectFailures(await serveFiles(objects, PREFIX), [
    ...PICTURES,
    'caching.spellings',
    'caching.same-bytes',
    'caching.dpr',
    'headers.validators',
    'headers.cache-control',
    'headers.crop-status',
    'headers.vary',
    'headers.nosniff',
    'headers.csp',
    'headers.cors',
    'conditional.original',
    'conditional.crop',
    'conditional.crop-miss',
    'range.original',
    'range.crop',
    'range.crop-miss',
    'head.crop',
    'head.crop-not-cached',
    ...BAD,
    'refusals.escapes',
    'refusals.methods',
    ...KEYS,
    'size.variant',
    'fallbacks.status',
    'fallbacks.cache-control',
  ]);
});

function without(name: string): (answer: Answer) => Answer {
  return (answer) => ({
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([header]) => header !== name)),
  });
}

let exif: Buffer;
beforeAll(async () => {
  const picture = sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } });
  const jpeg = await picture
    .jpeg()
    .withExif({ IFD0: { Copyright: 'kept' } })
    .toBuffer();
  exif = (await sharp(jpeg).metadata()).exif ?? Buffer.alloc(0);
});

/** The picture with the block between its first marker and the rest. */
function withExif(jpeg: Buffer): Buffer {
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)]);
}
