/**
 * What do hostile originals cost, here and elsewhere? Each server gets each file in a process of its own and
 * is asked for one JPEG of 100×75; the table goes into docs/failure.md. Usage: npm run bench:hostile
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compass, noise } from '../conformance/objects/draw';
import { encodeHeic, saying } from '../test/support/heic';
import {
  avifThatSays,
  gifOfFrames,
  jpegOfNothing,
  jpegWithBrokenProfile,
  pngBomb,
  textBomb,
} from '../test/support/hostile';
import { synthesiseWithHeic } from './bundle';
import { installPeers } from './peers/packages';
import { startServer } from './peers/server-process';

const PATIENCE_SECONDS = 20;

async function drawFiles(): Promise<Readonly<Record<string, Buffer>>> {
  const cut = async (picture: Promise<Buffer>) => (await picture).subarray(0, 9_000);
  return {
    'PNG of 400 megapixels in 50 kB': pngBomb(20_000, 20_000),
    'AVIF that says 289 megapixels in 1 kB': await avifThatSays(17_000, 17_000),
    'GIF of 10,000 frames': gifOfFrames(10_000, 100),
    'PNG with 100 MB of text in 100 kB': textBomb(),
    'JPEG that breaks off': await cut(noise(300, 200).jpeg().toBuffer()),
    'PNG that breaks off': await cut(noise(300, 200).png().toBuffer()),
    'JPEG without pixels': await jpegOfNothing(),
    'JPEG with a broken profile': await jpegWithBrokenProfile(),
    'HEIC that says 289 megapixels': saying(
      encodeHeic(await compass(64, 64).png().toBuffer()),
      17_000,
      17_000,
    ),
    'HEIC that breaks off': encodeHeic(await noise(300, 200).png().toBuffer()).subarray(0, 9_000),
    'SVG with a script': Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
    ),
    'text that is called .jpg': Buffer.from('just text'),
    'nothing at all': Buffer.alloc(0),
  };
}

async function startS3(file: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = fork(join(__dirname, 's3-stand-in.cjs'), [file]);
  const [port] = (await once(child, 'message')) as [number];
  return { child, url: `http://127.0.0.1:${port}` };
}

/** What a server did, how long it took and what it held at most. */
async function ask(name: string, args: readonly string[], s3: string): Promise<string> {
  const server = await startServer(name, args, s3);
  const started = performance.now();
  try {
    const response = await fetch(`${server.url}/jpeg/100x75`, {
      signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000),
    });
    const text = response.ok ? 'a picture' : describe(await response.text());
    const { peak } = await server.usage();
    return `${text}, ${Math.round(performance.now() - started)} ms, ${Math.round(peak / 1024)} MB`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? `nothing in ${PATIENCE_SECONDS} s`
      : 'crash';
  } finally {
    server.stop();
  }
}

/** Ours tells its reason; the others' first line is an error that their caller has to answer for. */
function describe(text: string): string {
  if (text.includes('"untouched"') || /no variant: (undefined)?$/m.test(text)) return 'original, untouched';
  const reason = /"reason":"([a-z-]+)"/.exec(text)?.[1];
  return reason === undefined ? `error "${text.split('\n')[0]?.slice(0, 60)}"` : `original, \`${reason}\``;
}

async function main(): Promise<void> {
  installPeers();
  const directory = mkdtempSync(join(tmpdir(), 'edgecrop-hostile-'));
  try {
    const bundle = await synthesiseWithHeic(directory);
    console.log('| original | edgecrop | ipx 3.1.1 | Next 16.4.6 |\n| --- | --- | --- | --- |');
    for (const [name, bytes] of Object.entries(await drawFiles())) {
      const file = join(directory, 'a.jpg');
      writeFileSync(file, bytes);
      const s3 = await startS3(file);
      const cells = [
        await ask('ours', [bundle], s3.url),
        await ask('ipx', [file], s3.url),
        await ask('next', [file], s3.url),
      ];
      s3.child.kill();
      console.log(`| ${name} | ${cells.join(' | ')} |`);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
