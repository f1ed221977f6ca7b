/**
 * Builds the corpus of the benches: photos and art of folders that are given, and art, drawings with text and
 * screenshots that are made of what is in the repository. A folder for each kind.
 *
 *     npm run bench:corpus -- --photos DIR [--art DIR] OUTPUT
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { collect } from '../../bin/commands/options';
import { isPicture } from '../corpus';
import { ART, DRAWINGS } from './drawings';
import { takeScreenshots } from './screenshots';

async function build(): Promise<void> {
  const command = new Command('npm run bench:corpus --')
    .option('--photos <dir>', 'photos; may be given several times', collect, [])
    .option('--art <dir>', 'abstract or saturated pictures; may be given several times', collect, [])
    .argument('<output>', 'where the corpus goes')
    .parse();
  const { photos, art } = command.opts<{ photos: readonly string[]; art: readonly string[] }>();
  const [output = ''] = command.args;
  const folder = async (kind: string) => {
    const path = join(output, kind);
    await mkdir(path, { recursive: true });
    return path;
  };
  await takePictures(photos, await folder('photo'));
  await takePictures(art, await folder('art'));
  await drawAll(ART, await folder('art'));
  await drawAll(DRAWINGS, await folder('drawing'));
  const screenshots = await folder('screenshot');
  for (const [name, png] of await takeScreenshots()) await writeFile(join(screenshots, `${name}.png`), png);
}

async function takePictures(from: readonly string[], to: string): Promise<void> {
  for (const directory of from) {
    const names = (await readdir(directory)).filter(isPicture).sort();
    for (const [i, name] of names.entries()) {
      // Abstract backgrounds are often nothing but light and shade, for a colour below.
      const background = `hsl(${(i * 137) % 360}, 100%, 40%)`;
      const picture = sharp(join(directory, name)).autoOrient().flatten({ background }).toColourspace('srgb');
      await picture.png({ compressionLevel: 1 }).toFile(join(to, `${name}.png`));
    }
  }
}

async function drawAll(drawings: Readonly<Record<string, () => string>>, to: string): Promise<void> {
  for (const [name, draw] of Object.entries(drawings)) {
    await sharp(Buffer.from(draw()))
      .removeAlpha()
      .png()
      .toFile(join(to, `${name}.png`));
  }
}

void build();
