import sharp from 'sharp';
import { compass, compassPixels } from '../../conformance/objects/draw';
import { storedAs } from './pictures';

/** One line of what a variant has to get right. */
export interface GoldenCase {
  readonly name: string;
  readonly source: Buffer;
  readonly query: string;
}

/** A case for each orientation, colour space, kind of alpha, fit and position. */
export async function createGoldenCases(): Promise<readonly GoldenCase[]> {
  return [...(await orientations()), ...(await colours()), ...(await transparency()), ...(await boxes())];
}

async function orientations(): Promise<readonly GoldenCase[]> {
  return Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8].map(async (orientation) => ({
      name: `orientation ${orientation}`,
      source: await storedAs(orientation, 200, 120),
      query: 't=A&w=100&h=60',
    })),
  );
}

async function colours(): Promise<readonly GoldenCase[]> {
  const query = 't=A&w=90';
  const draw = () => compass(180, 120);
  return [
    { name: 'Display P3', source: await draw().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(), query },
    {
      name: 'CMYK with profile',
      source: await draw().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
      query,
    },
    { name: 'CMYK without profile', source: await draw().toColourspace('cmyk').jpeg().toBuffer(), query },
    { name: '16 bits', source: await draw().toColourspace('rgb16').png().toBuffer(), query },
    { name: 'grey', source: await draw().greyscale().png().toBuffer(), query },
    { name: 'palette', source: await draw().png({ palette: true }).toBuffer(), query },
    { name: 'TIFF', source: await draw().tiff({ compression: 'lzw' }).toBuffer(), query },
    { name: 'AVIF', source: await draw().avif({ effort: 0 }).toBuffer(), query },
  ];
}

async function transparency(): Promise<readonly GoldenCase[]> {
  const disc = Buffer.from(
    '<svg width="160" height="120"><circle cx="80" cy="60" r="50" fill="#d02020"/></svg>',
  );
  const source = await sharp(disc).png().toBuffer();
  return [
    { name: 'alpha to png', source, query: 't=A&w=90' },
    { name: 'alpha to jpeg: white', source, query: 't=A&w=90&format=jpeg' },
    { name: 'alpha to jpeg: the type’s', source, query: 't=dark&w=90&format=jpeg' },
    { name: 'alpha to webp', source, query: 't=A&w=90&format=webp' },
    { name: 'alpha to avif', source, query: 't=A&w=90&format=avif' },
  ];
}

async function boxes(): Promise<readonly GoldenCase[]> {
  const wide = await compass(400, 100).png().toBuffer();
  const frames = Buffer.concat([compassPixels(80, 60), Buffer.from(compassPixels(80, 60)).reverse()]);
  const raw = { width: 80, height: 120, channels: 3, pageHeight: 60 } as const;
  const moving = await sharp(frames, { raw })
    .gif({ delay: [100, 100] })
    .toBuffer();
  const places = ['north', 'east', 'southwest', '0.1,0.5', '0.9,0.2'];
  return [
    { name: 'cover', source: wide, query: 't=A&w=80&h=80' },
    ...places.map((position) => ({
      name: position,
      source: wide,
      query: `t=A&w=80&h=80&position=${position}`,
    })),
    { name: 'contain', source: wide, query: 't=dark&w=80&h=80&fit=contain' },
    { name: 'inside', source: wide, query: 't=A&w=80&h=80&fit=inside' },
    { name: 'never enlarged', source: await compass(50, 40).png().toBuffer(), query: 't=A&w=200&h=200' },
    { name: 'first frame', source: moving, query: 't=A&w=80&format=jpeg' },
  ];
}
