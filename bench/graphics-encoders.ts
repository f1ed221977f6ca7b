/**
 * What PNG, GIF, lossless and animated WebP cost, for photos, graphics, grey pictures and animations.
 *
 *     npm run bench:graphics -- --images DIR [--pictures 4]
 */
import sharp, { type Sharp } from 'sharp';
import { loadCorpus, luma, lumaOf, type Options, open, type Picture, prepare } from './corpus';
import { table, timed } from './cpu';
import { compareWith } from './ssim';

interface Candidate {
  readonly name: string;
  readonly encode: (image: Sharp) => Sharp;
}

const PNG: readonly Candidate[] = [
  ...[3, 6, 9].flatMap((compressionLevel) =>
    [false, true].map((adaptiveFiltering) => ({
      name: `png level ${compressionLevel}${adaptiveFiltering ? ', adaptive' : ''}`,
      encode: (image: Sharp) => image.png({ compressionLevel, adaptiveFiltering }),
    })),
  ),
  ...[1, 2, 4, 7, 10].map((effort) => ({
    name: `png palette, effort ${effort}`,
    encode: (image: Sharp) => image.png({ palette: true, effort }),
  })),
  ...[4, 7].map((effort) => ({
    name: `png palette, effort ${effort}, no dither`,
    encode: (image: Sharp) => image.png({ palette: true, effort, dither: 0 }),
  })),
];

const WEBP: readonly Candidate[] = [
  ...[0, 2, 4].map((effort) => ({
    name: `webp lossless, effort ${effort}`,
    encode: (image: Sharp) => image.webp({ lossless: true, effort }),
  })),
  {
    name: 'webp near-lossless 60',
    encode: (image) => image.webp({ nearLossless: true, quality: 60, effort: 4 }),
  },
  { name: 'webp q77', encode: (image) => image.webp({ quality: 77 }) },
  { name: 'webp q77 smart', encode: (image) => image.webp({ quality: 77, smartSubsample: true }) },
];

const GREY: readonly Candidate[] = [
  ...[false, true].flatMap((adaptiveFiltering) => [
    {
      name: `png as RGB${adaptiveFiltering ? ', adaptive' : ''}`,
      encode: (image: Sharp) => image.png({ adaptiveFiltering }),
    },
    {
      name: `png b-w${adaptiveFiltering ? ', adaptive' : ''}`,
      encode: (image: Sharp) => image.toColourspace('b-w').png({ adaptiveFiltering }),
    },
  ]),
  { name: 'jpeg as RGB', encode: (image) => image.jpeg({ mozjpeg: true }) },
  { name: 'jpeg b-w', encode: (image) => image.toColourspace('b-w').jpeg({ mozjpeg: true }) },
];

const ANIMATION: readonly Candidate[] = [
  ...[1, 4, 7, 10].map((effort) => ({
    name: `gif effort ${effort}`,
    encode: (image: Sharp) => image.gif({ effort }),
  })),
  ...[1, 4, 7].map((effort) => ({
    name: `gif effort ${effort}, no dither`,
    encode: (image: Sharp) => image.gif({ effort, dither: 0 }),
  })),
  ...[0, 2, 4].map((effort) => ({
    name: `webp q77 effort ${effort}`,
    encode: (image: Sharp) => image.webp({ quality: 77, effort }),
  })),
];

async function main(options: Options): Promise<void> {
  const photos = await loadCorpus(options, 1200, 800);
  await report('PNG and WebP of photos', photos.map(open), [...PNG, ...WEBP]);
  const quantised = await Promise.all(
    photos.map((photo) => open(photo).png({ palette: true, effort: 4 }).toBuffer()),
  );
  await report('PNG and WebP of photos in 256 colours, scaled to a half', quantised.map(halved), [
    ...PNG,
    ...WEBP,
  ]);
  const chart = await sharp(Buffer.from(drawing(1600, 1200)))
    .png({ palette: true, effort: 7 })
    .toBuffer();
  await report('PNG and WebP of a chart of 16 colours, scaled to a half', [halved(chart)], [...PNG, ...WEBP]);
  await report('grey photos', await Promise.all(photos.map(grey)), GREY);
  const frames = await Promise.all(photos.slice(0, 3).map((photo) => animate(photo, 20)));
  await report('animations of 20 frames, 480×360', frames, ANIMATION);
}

async function report(title: string, images: readonly Sharp[], candidates: readonly Candidate[]) {
  const rows: string[][] = [];
  // Decoded and scaled once, so that the encoder alone is measured.
  const pixels = await Promise.all(
    images.map((image) => image.clone().raw().toBuffer({ resolveWithObject: true })),
  );
  for (const { name, encode } of candidates) {
    let [milliseconds, bytes, ssim] = [0, 0, 0];
    for (const { data, info } of pixels) {
      const { width, height, channels, pageHeight } = info;
      const encoded = await timed(() =>
        encode(sharp(data, { raw: { width, height, channels, pageHeight } })).toBuffer(),
      );
      milliseconds += encoded.milliseconds / pixels.length;
      bytes += encoded.value.length / pixels.length;
      if (channels !== 3 || pageHeight !== undefined) continue;
      ssim += compareWith(luma(data, width, height))(await lumaOf(encoded.value)) / pixels.length;
    }
    rows.push([name, milliseconds.toFixed(0), (bytes / 1000).toFixed(1), ssim === 0 ? '' : ssim.toFixed(4)]);
  }
  console.log(`\n### ${title}\n\n${table(['setting', 'CPU ms', 'kB', 'SSIM'], rows)}`);
}

function halved(png: Buffer): Sharp {
  return sharp(png).resize(600, 400).removeAlpha();
}

async function grey(photo: Picture): Promise<Sharp> {
  const data = await open(photo).toColourspace('b-w').raw().toBuffer();
  return sharp(data, { raw: { width: photo.width, height: photo.height, channels: 1 } });
}

/** A window that moves over a photo, as raw pages. */
async function animate(photo: Picture, frames: number): Promise<Sharp> {
  const [width, height] = [480, 360];
  const pages: Buffer[] = [];
  for (let frame = 0; frame < frames; frame++) {
    pages.push(
      await open(photo)
        .extract({ left: frame * 8, top: frame * 4, width, height })
        .raw()
        .toBuffer(),
    );
  }
  return sharp(Buffer.concat(pages), {
    raw: { width, height: height * frames, channels: 3, pageHeight: height },
  });
}

/** Bars, lines and discs in flat colours, as charts and logos have them. */
function drawing(width: number, height: number): string {
  const shapes: string[] = [];
  for (let i = 0; i < 60; i++) {
    const [x, y] = [(i * 397) % width, (i * 211) % height];
    const colour = `hsl(${(i % 7) * 51},70%,${i % 2 === 0 ? 45 : 65}%)`;
    shapes.push(`<rect x="${x}" y="${height - y}" width="18" height="${y}" fill="${colour}"/>`);
    shapes.push(`<path d="M0 ${y} L${width} ${x % height}" stroke="${colour}" stroke-width="3"/>`);
    shapes.push(`<circle cx="${y}" cy="${x % height}" r="${10 + (i % 5) * 6}" fill="${colour}"/>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${shapes.join('')}</svg>`;
}

void main(prepare());
