import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputInfo, Sharp } from 'sharp';
import { drawBadge } from './badge';
import { drawHanok } from './hanok';
import { drawLake } from './lake';
import { drawOrbit } from './orbit';
import { drawPoppies } from './poppies';
import { drawSkyline } from './skyline';
import { drawTower } from './tower';

const IMAGES = join(__dirname, 'images');

const jpeg = (picture: Sharp, quality: number): Sharp => picture.jpeg({ quality, mozjpeg: true });

/** Stored lying on its side: a viewer that heeds orientation 6 turns it a quarter clockwise. */
const lake = async (): Promise<Sharp> =>
  jpeg((await drawLake()).rotate(270), 88)
    .withExif({
      IFD0: {
        Make: 'edgecrop',
        Model: 'samples/draw.ts',
        Software: 'edgecrop samples',
        Copyright: 'MIT, the edgecrop authors',
        ImageDescription: 'A lake that was never there',
      },
      // IFD3 is the GPS directory: the middle of Lake Louise, 51 25 0 N, 116 13 30 W.
      IFD3: {
        GPSVersionID: '2 3 0 0',
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 25/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '116/1 13/1 30/1',
        GPSAltitudeRef: '0',
        GPSAltitude: '1750/1',
      },
    })
    .withMetadata({ orientation: 6 });

const pictures: Readonly<Record<string, () => Promise<Sharp>>> = {
  'lake.jpg': lake,
  'tower.jpg': async () => jpeg(await drawTower(), 82),
  'skyline.jpg': async () => jpeg(await drawSkyline(), 82),
  '한국어 이름 사진.jpg': async () => jpeg(await drawHanok(), 84),
  // Full chroma: subsampling would take the edge off the very reds that this picture is for.
  'poppies-p3.jpg': async () =>
    (await drawPoppies())
      .withIccProfile('p3')
      .jpeg({ quality: 84, mozjpeg: true, chromaSubsampling: '4:4:4' }),
  'orbit.gif': async () =>
    (await drawOrbit()).gif({
      loop: 0,
      delay: Array(24).fill(90),
      dither: 0.5,
      effort: 7,
      interFrameMaxError: 4,
    }),
  // Not `effort`: sharp takes it as a wish for a palette, and 256 colours show in the soft shadow.
  'badge.png': async () => (await drawBadge()).png({ compressionLevel: 9, adaptiveFiltering: true }),
};

const drawHere = async (name: string): Promise<OutputInfo> => {
  const picture = pictures[name];
  if (picture === undefined) throw new Error(`No picture is called ${name}`);
  return (await picture()).toFile(join(IMAGES, name));
};

/** In a process of its own, with the arguments of node that this one was given: tsx is among them. */
const drawApart = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(__filename, [name]);
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${name}: exit ${code}`))));
  });

/** The shaders keep one core busy each, so two queues halve the wait. */
const drawAll = async (): Promise<void> => {
  const waiting = Object.keys(pictures);
  const queue = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await drawApart(name);
  };
  await Promise.all([queue(), queue()]);
};

const main = async (names: readonly string[]): Promise<void> => {
  mkdirSync(IMAGES, { recursive: true });
  if (names.length === 0) return drawAll();
  for (const name of names) {
    const started = Date.now();
    const { width, height, size } = await drawHere(name.normalize('NFC'));
    console.log(`${name}: ${width}x${height}, ${Math.round(size / 1000)} kB, ${Date.now() - started} ms`);
  }
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
