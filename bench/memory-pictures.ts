import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { encodeHeic, gridOf, HEIF_ENC } from '../test/support/heic';

/** Ignored by git; delete it to have the pictures drawn anew. */
const FOLDER = join(__dirname, '../.cache/bench-memory');

/** Together just below the 50 million pixels that the function accepts. */
const WIDTH = 8656;
const HEIGHT = 5772;
const FRAME = 1000;
const FRAMES = 49;

/** Noise in blocks, over a gradient: nothing that an encoder could skip, yet below 50 MB as PNG. */
async function drawStill(alpha: boolean, block = 4): Promise<Sharp> {
  const [width, height] = [Math.ceil(WIDTH / block), Math.ceil(HEIGHT / block)];
  const noise = sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });
  const opacity = alpha ? 0.6 : 1;
  const gradient = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><linearGradient id="g">
      <stop stop-color="#113" stop-opacity="0.3"/><stop offset="1" stop-color="#fc3" stop-opacity="0.7"/>
      </linearGradient><rect width="100%" height="100%" fill="url(#g)"/></svg>`,
  );
  const small = await noise
    .ensureAlpha(opacity)
    .composite([{ input: gradient }])
    .png()
    .toBuffer();
  const still = sharp(small).resize(WIDTH, HEIGHT, { kernel: 'nearest', fit: 'fill' });
  return alpha ? still : still.removeAlpha();
}

async function drawAnimation(): Promise<Sharp> {
  const frames = await (await drawStill(false))
    .resize(FRAME, FRAME * FRAMES, { fit: 'fill' })
    .raw()
    .toBuffer();
  return sharp(frames, {
    limitInputPixels: false,
    raw: { width: FRAME, height: FRAME * FRAMES, channels: 3, pageHeight: FRAME },
  });
}

/** As phones store it: one tile many times. Debian's heif-enc makes it. */
async function drawHeic(): Promise<Buffer> {
  const [side, columns, rows] = [512, 17, 11];
  const tile = (await drawStill(false)).extract({ left: 0, top: 0, width: side, height: side });
  const encoded = encodeHeic(await tile.png().toBuffer());
  return gridOf(Array<Buffer>(columns * rows).fill(encoded), columns, columns * side, rows * side);
}

const still = () => drawStill(false);
const clear = () => drawStill(true);

/** For what compresses badly. */
const coarse = (alpha: boolean) => drawStill(alpha, 12);

/** The largest sources that are accepted, by what makes each of them dear. */
const RECIPES: Readonly<Record<string, () => Promise<Sharp | Buffer>>> = {
  'JPEG baseline': async () => (await still()).jpeg({ quality: 80 }),
  'JPEG progressive': async () => (await still()).jpeg({ quality: 80, progressive: true }),
  'JPEG 4:4:4': async () => (await still()).jpeg({ quality: 80, chromaSubsampling: '4:4:4' }),
  'JPEG progressive 4:4:4': async () =>
    (await still()).jpeg({ quality: 80, chromaSubsampling: '4:4:4', progressive: true }),
  'JPEG progressive CMYK': async () =>
    (await still())
      .toColourspace('cmyk')
      .jpeg({ quality: 80, chromaSubsampling: '4:4:4', progressive: true }),
  'JPEG on its side': async () => (await still()).withMetadata({ orientation: 6 }).jpeg({ quality: 80 }),
  'PNG RGBA': async () => (await clear()).png({ compressionLevel: 3 }),
  'PNG RGBA interlaced': async () => (await coarse(true)).png({ compressionLevel: 3, progressive: true }),
  'PNG RGBA 16 bits': async () => (await coarse(true)).toColourspace('rgb16').png({ compressionLevel: 3 }),
  'PNG RGBA on its side': async () =>
    (await clear()).withMetadata({ orientation: 6 }).png({ compressionLevel: 3 }),
  'WebP lossless': async () => (await clear()).webp({ lossless: true, effort: 0 }),
  'WebP lossy': async () => (await clear()).webp({ quality: 80, effort: 0 }),
  'AVIF 4:2:0': async () => (await still()).avif({ quality: 50, effort: 0, chromaSubsampling: '4:2:0' }),
  'AVIF 4:4:4 RGBA': async () => (await clear()).avif({ quality: 50, effort: 0, chromaSubsampling: '4:4:4' }),
  'TIFF LZW': async () => (await coarse(false)).tiff({ compression: 'lzw' }),
  'TIFF tiled RGBA': async () => (await clear()).tiff({ compression: 'lzw', tile: true }),
  'GIF animated': async () => (await drawAnimation()).gif({ effort: 1, colours: 32, dither: 0 }),
  ...(HEIF_ENC !== undefined && { 'HEIC of tiles': drawHeic }),
  'WebP animated': async () => (await drawAnimation()).webp({ quality: 80, effort: 0 }),
};

export const PICTURES = Object.keys(RECIPES);

/** Draws a picture where it is not there yet. */
export async function picture(name: string): Promise<string> {
  const file = join(FOLDER, name.replace(/\W+/g, '-'));
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  const drawn = await RECIPES[name]?.();
  if (Buffer.isBuffer(drawn)) writeFileSync(`${file}.part`, drawn);
  else await drawn?.toFile(`${file}.part`);
  renameSync(`${file}.part`, file);
  return file;
}
