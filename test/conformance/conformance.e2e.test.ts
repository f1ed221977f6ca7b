import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../../conformance/checks';
import { drawObjects, type TestObjects } from '../../conformance/objects/objects';
import { createFolder, metadataOf, putObjects } from '../../conformance/objects/store';
import { failures } from '../../conformance/run';
import { type DevEdge, startDevEdge } from '../../edge/dev-edge';
import { NGINX_MODULE, startNginx } from '../edge/functions/nginx/nginx-fixture';
import { assemblyDir } from '../support/assembly';
import { afterThisTest } from '../support/cleanup';
import { testWith } from '../support/programs';
import { BAD, BROKEN, KEYS, PICTURES } from './broken-edges';
import { check, serveFiles, spoil } from './deployments';

const PREFIX = 'conformance/';

// Every check is some requests, and there are renders in it that fill 1 MB.
jest.setTimeout(120_000);

let folder: string;
let objects: TestObjects;
let edge: DevEdge;
const reasons: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgecrop-conformance-'));
  objects = await drawObjects();
  await putObjects(createFolder(folder), objects, PREFIX);
  edge = await startDevEdge({
    assembly: assemblyDir(),
    images: folder,
    // A 503 among the failures is explained nowhere else.
    log: (line) => reasons.push(line),
    // What a folder cannot hold, so that no check has to pass.
    objectMetadata: (key) => {
      const object = Object.values(objects).find((one) => `${PREFIX}${one.key}` === key);
      return object ? metadataOf(object) : {};
    },
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
    const others = checks.filter(({ verdict }) => verdict.kind !== 'pass');
    // The deployment that is checked here has no picture for missing objects.
    expect(others.map(({ check: { name } }) => name)).toEqual(['fallbacks.missing']);
  }
});

testWith('nginx with its module njs', NGINX_MODULE)(
  'nginx in front of the edge passes every check, with a cold cache and with a warm one',
  async () => {
    const nginx = await startNginx(assemblyDir(), edge.url);
    afterThisTest(() => nginx.close());
    for (const _cache of ['cold', 'warm']) {
      const { checks } = await check(nginx.url, objects, PREFIX, QUICK);
      const others = checks.filter(({ verdict }) => verdict.kind !== 'pass');
      expect(others.map(({ check: { name } }) => name)).toEqual(['fallbacks.missing']);
    }
  },
);

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
    'operations.misspelt',
    'size.variant',
    'fallbacks.status',
    'fallbacks.cache-control',
    'fallbacks.validators',
  ]);
});

test('another server fails by name: files, whatever the query', async () => {
  await expectFailures(await serveFiles(objects, PREFIX), [
    // It has no metadata, so no focal point either.
    ...PICTURES.filter((name) => name !== 'contract.focus'),
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
    'operations.misspelt',
    'keys.slash',
    'size.variant',
    'fallbacks.status',
    'fallbacks.cache-control',
  ]);
});
