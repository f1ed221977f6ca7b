import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssembly, servedBehaviors } from '../../../edge/assembly/assembly';
import { readAssemblySettings } from '../../../edge/assembly/assembly-settings';
import { assemblyDir } from '../../support/assembly';
import { temporaryFolder } from '../../support/cleanup';

test('knows the types of the function, whatever else lies in the assembly', async () => {
  const code = servedBehaviors(readAssembly(assemblyDir())).at(-1)?.viewerRequest?.code ?? '';
  expect(readAssemblySettings(assemblyDir(), code)).toMatchObject({
    types: { A: {} },
    quality: 80,
  });
  const folder = await temporaryFolder();
  expect(readAssemblySettings(folder, 'v=0123abcd')).toBeUndefined();
  const types = '{"A":{},"thumb":{"w":200,"locked":["w"]}}';
  await writeFile(join(folder, 'settings.ab.json'), '{"types":{},"quality":1,"v":"ffffffff"}');
  await writeFile(join(folder, 'settings.cd.json'), `{"types":${types},"quality":75,"v":"0123abcd"}`);
  await writeFile(join(folder, 'settings.ef.json'), 'broken');
  expect(readAssemblySettings(folder, 'v=0123abcd')).toMatchObject({
    types: { A: {}, thumb: { w: 200, locked: ['w'] } },
    quality: 75,
  });
  expect(readAssemblySettings(folder, 'another')).toBeUndefined();
});
