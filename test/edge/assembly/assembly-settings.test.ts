import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssemblySettings } from '../../../edge/assembly/assembly-settings';
import { functionDir } from '../../support/assembly';
import { temporaryFolder } from '../../support/cleanup';

test('reads the settings in the asset of a function', async () => {
  expect(readAssemblySettings(functionDir())).toEqual({
    types: { A: {} },
    quality: 75,
    snap: {},
    signing: false,
    heic: false,
  });
  const folder = await temporaryFolder();
  const types = '{"A":{},"thumb":{"w":200,"locked":["w"]}}';
  await writeFile(join(folder, 'settings.json'), `{"types":${types},"quality":60,"v":"0123abcd"}`);
  expect(readAssemblySettings(folder)).toEqual({
    types: { A: {}, thumb: { w: 200, locked: ['w'] } },
    quality: 60,
  });
});

test('an asset without settings that can be read has none', async () => {
  const folder = await temporaryFolder();
  expect(readAssemblySettings(folder)).toBeUndefined();
  await writeFile(join(folder, 'settings.json'), 'broken');
  expect(readAssemblySettings(folder)).toBeUndefined();
});
