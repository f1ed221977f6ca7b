import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../../conformance/checks';
import { drawObjects, type TestObjects } from '../../conformance/objects/objects';
import { createFolder, metadataOf, putObjects } from '../../conformance/objects/store';
import { type LocalS3, startLocalS3 } from '../../edge/local/local-s3';
import { argumentsFor, runEdge } from '../bin/commands/serve-fixture';
import { startRedisCluster } from '../edge/cache/stores/redis-cluster-fixture';
import { startRedis, testWithRedis } from '../edge/cache/stores/redis-fixture';
import { assemblyDir } from '../support/assembly';
import { check } from './deployments';

const PREFIX = 'conformance/';

jest.setTimeout(120_000);

let folder: string;
let objects: TestObjects;
let s3: LocalS3;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgecrop-conformance-'));
  objects = await drawObjects();
  await putObjects(createFolder(folder), objects, PREFIX);
  s3 = await startLocalS3({
    folders: new Map([['photos', folder]]),
    metadata: (key) => {
      const object = Object.values(objects).find((one) => `${PREFIX}${one.key}` === key);
      return object ? metadataOf(object) : {};
    },
  });
});
afterAll(async () => {
  await s3?.close();
  await rm(folder, { recursive: true, force: true });
});

// It fills 1 MB again and again, whatever serves it.
const QUICK = CHECKS.filter(({ name }) => name !== 'size.variant');

/** `edgecrop serve` with these options passes every check, with a cold cache and with a warm one. */
async function passes(...options: readonly string[]): Promise<void> {
  const deployment = { assembly: assemblyDir(), bucket: 'photos', endpoint: s3.endpoint };
  const served = runEdge([...argumentsFor(deployment), ...options]);
  const url = await served.ready;
  for (const _cache of ['cold', 'warm']) {
    const { checks } = await check(url, objects, PREFIX, QUICK);
    const others = checks.filter(({ verdict }) => verdict.kind !== 'pass');
    // The deployment that is checked here has no picture for missing objects.
    expect(others.map(({ check: { name }, verdict }) => [name, verdict])).toEqual([
      ['fallbacks.missing', expect.anything()],
    ]);
  }
  expect(served.errors()).toBe('');
}

test('served with memory', () => passes());

test('served by two workers', () => passes('--workers', '2'));

testWithRedis('served with Redis', async () => passes('--cache', (await startRedis()).url));

testWithRedis('served by two workers with a Redis Cluster', async () =>
  passes('--workers', '2', '--cache', (await startRedisCluster()).url),
);
