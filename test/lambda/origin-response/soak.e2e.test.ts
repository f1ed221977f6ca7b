import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compass, noise } from '../../../conformance/objects/draw';
import { startLocalS3 } from '../../../edge/local/local-s3';
import { functionDir } from '../../support/assembly';
import { afterThisTest, temporaryFolder } from '../../support/cleanup';
import { gifOfFrames } from '../../support/hostile';
import { lambdaEnvironment } from '../../support/lambda/environment';

test('a warm environment holds no more after 1,000 mixed requests than after 100', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'wide.jpg'), await compass(1200, 800).jpeg().toBuffer());
  writeFileSync(join(folder, 'noise.png'), await noise(400, 300).png().toBuffer());
  writeFileSync(join(folder, 'moving.gif'), gifOfFrames(8, 60));
  writeFileSync(join(folder, 'broken.jpg'), (await noise(400, 300).jpeg().toBuffer()).subarray(0, 20_000));
  writeFileSync(join(folder, 'text.jpg'), 'text');
  const s3 = await startLocalS3({ folders: new Map([['photos', folder]]) });
  afterThisTest(() => s3.close());
  const script = join(__dirname, '../../support/soak.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', script, join(functionDir(), 'index.mjs')],
    { env: lambdaEnvironment(s3.endpoint) },
  );
  const [early = 0, late = 0] = stdout.trim().split('\n').map(Number);
  expect(early).toBeGreaterThan(20);
  // The allocator's arenas fill up to 1.4 times and stay there (measured to 4,000 requests); a leak of one
  // of these sources a request would come to twice and more.
  expect(late).toBeLessThan(early * 1.5 + 10);
}, 120_000);
