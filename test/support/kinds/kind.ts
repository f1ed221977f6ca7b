import sharp, { type Sharp } from 'sharp';
import { COMPASS, compassPixels } from '../../../conformance/objects/draw';
import type { Reason } from '../../../lambda/origin-response/failure/reason';
import type { OutputFormat } from '../../../lambda/origin-response/plan/encoding-types';

/** Northwest, northeast, southwest, southeast. */
export type Corners<T> = readonly [T, T, T, T];

/** Red, green and blue, with an alpha where there is one; 0…255. */
export type Colour = readonly number[];

/** A kind of original that people upload, and what has to become of it. */
export interface Kind {
  /** As docs/formats.md calls it, without the name of the format. */
  readonly name: string;
  readonly make: () => Buffer | Promise<Buffer>;
  readonly becomes: Picture | Refusal | Kept;
}

/** It is cropped. */
export interface Picture {
  readonly kind: 'picture';
  readonly corners: Corners<Colour>;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** What it becomes where the URL names no format. */
  readonly own: OutputFormat;
  /** How far a channel may be off: more than an encoder makes of it, where a colour space is only near. */
  readonly tolerance: number;
}

/** The original is answered for an hour, with the reason. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: Reason;
}

/** S3's own answer goes out, and says what the file is. */
export interface Kept {
  readonly kind: 'kept';
  readonly type: string;
}

/** Of the picture that every kind shows, upright. Sides that differ make a wrong turn visible. */
export const WIDTH = 64;
export const HEIGHT = 32;

export const CORNERS: Corners<Colour> = [
  COMPASS.northwest,
  COMPASS.northeast,
  COMPASS.southwest,
  COMPASS.southeast,
];

/** Printed: inks have no such blue. */
export const INK_CORNERS: Corners<Colour> = [CORNERS[0], CORNERS[1], [50, 65, 128], CORNERS[3]];

/** The same in tones of grey. */
export const GREYS: Corners<number> = [30, 110, 180, 240];
export const GREY_CORNERS: Corners<Colour> = map(GREYS, (grey) => [grey, grey, grey]);

export function map<T, R>([nw, ne, sw, se]: Corners<T>, change: (corner: T) => R): Corners<R> {
  return [change(nw), change(ne), change(sw), change(se)];
}

/** What is at a place of the picture. */
export function at<T>(
  corners: Corners<T>,
  { width, height }: { readonly width: number; readonly height: number } = { width: WIDTH, height: HEIGHT },
): (x: number, y: number) => T {
  return (x, y) => corners[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] as T;
}

export function picture(own: OutputFormat, expected: Partial<Omit<Picture, 'kind' | 'own'>> = {}): Picture {
  const usual = { corners: CORNERS, width: WIDTH, height: HEIGHT, frames: 1, tolerance: 24 };
  return { kind: 'picture', own, ...usual, ...expected };
}

export function refused(reason: Reason): Refusal {
  return { kind: 'refused', reason };
}

export function kept(type: string): Kept {
  return { kind: 'kept', type };
}

/** The picture, to be encoded. */
export function colours(): Sharp {
  return fromPixels(compassPixels(WIDTH, HEIGHT), 3);
}

/** The picture in one channel. */
export function greys(): Sharp {
  return fromPixels(pixelsOf(at(map(GREYS, (grey) => [grey]))), 1).toColourspace('b-w');
}

/** Its western half is clear by half, the eastern one opaque. */
export const CLEAR_CORNERS: Corners<Colour> = [
  [...COMPASS.northwest, 128],
  [...COMPASS.northeast, 255],
  [...COMPASS.southwest, 128],
  [...COMPASS.southeast, 255],
];

export function clearColours(): Sharp {
  return fromPixels(pixelsOf(at(CLEAR_CORNERS)), 4);
}

export function pixelsOf(colourAt: (x: number, y: number) => Colour): Buffer {
  const pixels: number[] = [];
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) pixels.push(...colourAt(x, y));
  return Buffer.from(pixels);
}

export function fromPixels(pixels: Buffer, channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

/** The corners' values in Display P3, as they are stored: computed by lcms from the definition of both spaces. */
export async function inDisplayP3(): Promise<Buffer> {
  const profiled = await colours().withIccProfile('p3').png().toBuffer();
  return sharp(profiled, { ignoreIcc: true }).raw().toBuffer();
}

/** The picture as a camera stores it that was held so that EXIF says this orientation: 1…8. */
export async function storedAs(orientation: number): Promise<Sharp> {
  const stored = await sharp(await colours().png().toBuffer())
    .rotate(TURNS[orientation]?.angle ?? 0)
    .png()
    .toBuffer();
  const mirror = TURNS[orientation]?.mirror;
  return mirror === undefined ? sharp(stored) : sharp(await sharp(stored)[mirror]().png().toBuffer());
}

/** What undoes an orientation: first the turn, then the mirror. */
const TURNS: Readonly<Record<number, { readonly angle?: number; readonly mirror?: 'flip' | 'flop' }>> = {
  2: { mirror: 'flop' },
  3: { angle: 180 },
  4: { mirror: 'flip' },
  5: { angle: 90, mirror: 'flop' },
  6: { angle: 270 },
  7: { angle: 270, mirror: 'flop' },
  8: { angle: 90 },
};

/** Light, 0…1, of a value of sRGB: IEC 61966-2-1. */
export function toLinear(value: number): number {
  const c = value / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}
