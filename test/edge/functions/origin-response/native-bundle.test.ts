import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareNativeBundle } from '../../../../edge/functions/origin-response/native-bundle';
import { temporaryFolder } from '../../../support/cleanup';
import { serve } from '../../dev-edge-fixture';

async function assetFixture() {
  const project = await temporaryFolder();
  const asset = join(project, 'cdk.out', 'asset.abc123');
  await mkdir(join(asset, 'node_modules', 'sharp'), { recursive: true });
  await writeFile(join(asset, 'index.mjs'), 'export const handler = 1;');
  return { project, asset };
}

test('runs the asset itself on a machine like Lambda’s', async () => {
  const { project, asset } = await assetFixture();
  const host = { platform: 'linux', arch: 'x64', libc: 'glibc' };
  expect(await prepareNativeBundle(asset, host, project)).toBe(asset);
});

test('runs the asset itself where it has this machine’s sharp', async () => {
  const { project, asset } = await assetFixture();
  await mkdir(join(asset, 'node_modules', '@img', 'sharp-linux-arm64'), { recursive: true });
  const host = { platform: 'linux', arch: 'arm64', libc: 'glibc' };
  expect(await prepareNativeBundle(asset, host, project)).toBe(asset);
});

test.each([
  ['a Mac', { platform: 'darwin', arch: 'arm64', libc: null }],
  ['Alpine', { platform: 'linux', arch: 'x64', libc: 'musl' }],
  ['Linux on ARM', { platform: 'linux', arch: 'arm64', libc: 'glibc' }],
  ['Windows', { platform: 'win32', arch: 'x64', libc: null }],
])('copies the code, without its native modules, on %s', async (_, host) => {
  const { project, asset } = await assetFixture();
  const folder = await prepareNativeBundle(asset, host, project);
  expect(folder).toBe(join(project, 'node_modules', '.cache', 'edgecrop', 'abc123'));
  expect(await readFile(join(folder, 'index.mjs'), 'utf8')).toBe('export const handler = 1;');
  expect(existsSync(join(folder, 'node_modules'))).toBe(false);
});

test('a function on another machine finds the sharp of this project', async () => {
  const edge = await serve(
    {
      handler: `const { default: sharp } = await import('sharp'); return { ...response, body: sharp.versions.sharp };`,
    },
    { functionPlatform: { platform: 'darwin', arch: 'arm64', libc: null } },
  );
  expect((await edge.ask('/cat.jpg')).body.toString()).toMatch(/^\d+\.\d+\.\d+$/);
});
