import sharp, { type Sharp } from 'sharp';
import type { Canvas } from './canvas';
import { clamp, toGamma } from './colour';
import { hash } from './noise';

const SHOULDER = 0.72;

/** Like film: highlights bend towards white and are not cut off. */
const roll = (v: number): number =>
  v < SHOULDER ? Math.max(0, v) : 1 - (1 - SHOULDER) * Math.exp(-(v - SHOULDER) / (1 - SHOULDER));

export type Film = { readonly grain: number; readonly vignette: number };

/** Each channel as 0..1 after the film curve and the transfer curve, with grain; the grain also stops bands. */
const developed = (c: Canvas, film: Film, put: (i: number, v: number) => void): void => {
  for (let y = 0; y < c.height; y++) {
    for (let x = 0; x < c.width; x++) {
      const dx = x / c.width - 0.5;
      const dy = y / c.height - 0.5;
      const light = 1 - film.vignette * (dx * dx + dy * dy) * 2;
      const speck = (hash(x, y, 1) + hash(x, y, 2) + hash(x >> 1, y >> 1, 3) - 1.5) * film.grain;
      const i = (y * c.width + x) * 3;
      for (let k = 0; k < 3; k++) put(i + k, clamp(toGamma(roll((c.data[i + k] ?? 0) * light)) + speck));
    }
  }
};

export const develop = (c: Canvas, film: Film): Sharp => {
  const bytes = new Uint8Array(c.data.length);
  developed(c, film, (i, v) => {
    bytes[i] = Math.round(v * 255);
  });
  return sharp(bytes, { raw: { width: c.width, height: c.height, channels: 3 } });
};

/** Sixteen bits: sharp takes raw 16-bit pixels to be Display P3, and 8-bit ones to be sRGB. */
export const developWide = (c: Canvas, film: Film): Sharp => {
  const words = new Uint16Array(c.data.length);
  developed(c, film, (i, v) => {
    words[i] = Math.round(v * 65535);
  });
  return sharp(words, { raw: { width: c.width, height: c.height, channels: 3 } });
};
